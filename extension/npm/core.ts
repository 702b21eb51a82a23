/** `hubscope/core`: recordings without a browser. Runs in Node and in browsers. */
import { analyze as analyzeModel } from "../core/analysis/analyze.ts";
import type { Analysis } from "../core/analysis/analysis.ts";
import { createReducer } from "../core/model/reducer.ts";
import { LOCAL } from "../core/text/format.ts";
import type { Scorecard } from "../../content-script/page-build/api.ts";
import { EXPORT_FORMATS } from "../export/export-formats.ts";
import { openRecording, type OpenedRecording } from "../export/open-recording.ts";
import { writeExport as writeKind } from "../export/write-export.ts";
import { readInput } from "./read-input.ts";
import { reportStyle, version } from "./built-in.ts";
import { contentsOf, kindNamed } from "./export-contents.ts";
import type { ExportFormat, ExportOptions, Recording, RecordingInput } from "./core-api.ts";

export type { Analysis, Finding, HubConnection, Interruption } from "../core/analysis/analysis.ts";
export type {
  ExportFormat,
  ExportOptions,
  Recording,
  RecordedEvent,
  RecordedPage,
  RecordingInput,
} from "./core-api.ts";

/** All formats of `writeExport`, by their file extensions. */
export const exportFormats: readonly ExportFormat[] = EXPORT_FORMATS.map(({ kind, title, mediaType }) => ({
  kind,
  title,
  mediaType,
}));

const opened = new WeakMap<Recording, OpenedRecording>();

/**
 * Reads a recording, a HAR file, or messages that another tool has saved: all that is in it is checked, and secrets are removed. Of a damaged file what can be read is used: see `warnings`.
 * Rejects with a sentence for the user when it is no recording.
 */
export async function readRecording(input: RecordingInput): Promise<Recording> {
  const opening = await openRecording(readInput(input));
  if (!opening.ok) throw new Error(opening.problem);
  const { pages, events, hubscope, exportedAt, warnings, notes, scorecard, read } = opening.recording;
  const recording: Recording = {
    ...{
      pages,
      events,
      hubscope,
      exportedAt,
      warnings,
      notes,
      scorecard: scorecard() satisfies Scorecard | null,
    },
    async *readEvents() {
      for await (const { page, events: some } of read()) yield { page: page.page, events: some };
    },
  };
  opened.set(recording, opening.recording);
  return recording;
}

/** What the recording says: hub connections, interruptions with their causes, findings. */
export async function analyze(recording: Recording): Promise<Analysis> {
  const source = openedOf(recording);
  const reducer = createReducer();
  for await (const { page, events } of source.read()) reducer.apply(page.page, events);
  return analyzeModel(reducer.model, source.scorecard()?.results ?? []);
}

/**
 * Writes a recording in another format: the texts of the file, in order. Secrets are removed. Of a compressed format it is the text
 * before compression.
 * @param format a kind of `exportFormats`, or its short name as on the command line: "trace" for "trace.json"
 * @throws Error: there is no such format, or an option is wrong; while it is read: nothing was recorded between `from` and `to`
 */
export function writeExport(
  recording: Recording,
  format: string,
  options: ExportOptions = {},
): AsyncIterable<string> {
  const source = openedOf(recording);
  const warnings = [...source.notes, ...source.warnings];
  const about = { hubscope: version, writtenAt: Date.now(), zone: LOCAL, reportStyle, warnings };
  return writeKind(source, kindNamed(format), contentsOf(source, options), about, (text) => text);
}

function openedOf(recording: Recording): OpenedRecording {
  const source = opened.get(recording);
  if (!source) throw new TypeError("It is not a recording of readRecording().");
  return source;
}
