/**
 * The recording as a file: versioned JSON, readable on any machine. docs/recording-format.md describes it; a change here needs
 * a new version, an upgrade step, a fixture and a line there.
 */
import { RECORDING_VERSION, type RecordedEvent } from "../events/events.ts";
import { readEvent } from "../events/guards.ts";
import { isObject } from "../is-object.ts";
import type { PageId } from "../ids.ts";
import { redactEvents } from "../events/redact-events.ts";
import { redactUrl } from "../redaction/redact.ts";
import { cleanScorecard, readScorecard } from "../scenarios/read-scorecard.ts";
import type { Scorecard } from "../scenarios/scorecard.ts";
import type { Bytes } from "../units.ts";
import { upgradeRecording } from "./upgrade.ts";

export const RECORDING_FORMAT = "hubscope-recording";

/** A larger file is rejected before it is read, so that the panel doesn't run out of memory. */
export const LARGEST_FILE: Bytes = 512 * 1024 * 1024;

/** Limits the pages: the top page and all frames that ever existed. */
const MAX_PAGES = 1_000;
const LONGEST_URL = 2_000;

export interface FilePage {
  readonly page: PageId;
  /** The top page of the recording. */
  readonly recording: PageId;
  readonly url: string;
  readonly events: readonly RecordedEvent[];
}

export interface RecordingFile {
  readonly format: typeof RECORDING_FORMAT;
  readonly version: number;
  readonly exportedAt: string;
  /** Version of Hubscope that wrote it. */
  readonly hubscope: string;
  readonly pages: readonly FilePage[];
  /** Of scenarios that were run in it. */
  readonly scorecard?: Scorecard;
}

/** Writes a recording. Secrets were removed when it was recorded, and are removed again here. */
export function writeRecordingFile(
  pages: readonly FilePage[],
  {
    scorecard,
    ...meta
  }: { readonly exportedAt: string; readonly hubscope: string; readonly scorecard?: Scorecard | null },
): string {
  const file: RecordingFile = {
    format: RECORDING_FORMAT,
    version: RECORDING_VERSION,
    ...meta,
    pages: pages.map((page) => ({
      ...page,
      url: redactUrl(page.url),
      events: redactEvents(page.events),
    })),
    ...(scorecard ? { scorecard: cleanScorecard(scorecard) } : {}),
  };
  return JSON.stringify(file);
}

export type ReadResult =
  | {
      readonly ok: true;
      readonly file: RecordingFile;
      /** Events that could not be read and were skipped. */ readonly leftOut: number;
    }
  | { readonly ok: false; readonly problem: string };

const problem = (text: string): ReadResult => ({ ok: false, problem: text });

/** Reads a recording file. It never throws: the result contains a sentence for the user about what is wrong. */
export function readRecordingFile(text: string): ReadResult {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    return problem(describeBrokenJson(text, error));
  }
  if (!isObject(value)) return problem("This is not a Hubscope recording: it is not a JSON object.");
  if (value["format"] !== RECORDING_FORMAT) return problem(describeForeign(value));
  const { version } = value;
  if (!Number.isSafeInteger(version) || (version as number) < 1)
    return problem("The recording is damaged: it has no version.");
  if ((version as number) > RECORDING_VERSION) {
    return problem(
      `The recording has format version ${version as number}; this Hubscope reads up to ${RECORDING_VERSION}. Update Hubscope to open it.`,
    );
  }
  return readPages(upgradeRecording(value, version as number));
}

function readPages(value: Record<string, unknown>): ReadResult {
  const { pages, exportedAt, hubscope } = value;
  const scorecard = readScorecard(value["scorecard"]);
  if (!Array.isArray(pages) || pages.length === 0)
    return problem("The recording is damaged: it has no pages.");
  if (pages.length > MAX_PAGES)
    return problem(`The recording has ${pages.length} pages; Hubscope opens up to ${MAX_PAGES}.`);
  let leftOut = 0;
  const read: FilePage[] = [];
  for (const [i, page] of pages.entries() as IterableIterator<[number, unknown]>) {
    if (
      !isObject(page) ||
      typeof page["page"] !== "string" ||
      typeof page["url"] !== "string" ||
      !Array.isArray(page["events"])
    )
      return problem(
        `The recording is damaged: page ${i + 1} of ${pages.length} has no id, address or events.`,
      );
    const events = page["events"].flatMap((event) => readEvent(event) ?? []).sort((a, b) => a.seq - b.seq);
    leftOut += page["events"].length - events.length;
    read.push({
      page: page["page"].slice(0, 100),
      recording:
        typeof page["recording"] === "string" ? page["recording"].slice(0, 100) : page["page"].slice(0, 100),
      url: redactUrl(page["url"]).slice(0, LONGEST_URL),
      events: redactEvents(events),
    });
  }
  if (read.every((page) => page.events.length === 0))
    return problem("The recording is damaged: none of its events can be read.");
  return {
    ok: true,
    leftOut,
    file: {
      format: RECORDING_FORMAT,
      version: RECORDING_VERSION,
      exportedAt: typeof exportedAt === "string" ? exportedAt.slice(0, 100) : "",
      hubscope: typeof hubscope === "string" ? hubscope.slice(0, 100) : "",
      pages: read,
      ...(typeof scorecard === "string" ? {} : { scorecard }),
    },
  };
}

function describeBrokenJson(text: string, error: unknown): string {
  const trimmed = text.trimStart();
  if (trimmed === "") return "The file is empty.";
  if (!trimmed.startsWith("{"))
    return "This is not a Hubscope recording: a recording is JSON, or JSON compressed with gzip.";
  const cut = !text.trimEnd().endsWith("}");
  return cut
    ? "The recording is damaged: it is incomplete. Was the download interrupted?"
    : `The recording is damaged: ${error instanceof Error ? error.message : "it is not valid JSON"}.`;
}

function describeForeign(value: Record<string, unknown>): string {
  if (isObject(value["log"]) && "entries" in value["log"])
    return "This is a HAR file of a network panel, not a Hubscope recording.";
  if (Array.isArray(value["traceEvents"])) return "This is a performance trace, not a Hubscope recording.";
  return `This is JSON, but not a Hubscope recording: its "format" is not "${RECORDING_FORMAT}".`;
}
