/** Writes recordings in any format, for tests: those that are kept, a synthetic one, and what fast-check makes up. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import fc from "fast-check";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { readEvent } from "../../../extension/core/events/guards.ts";
import { readRecordingFile } from "../../../extension/core/recording/recording-file.ts";
import { UTC } from "../../../extension/core/text/format.ts";
import type { ExportKind } from "../../../extension/export/export-formats.ts";
import type { PagePiece, RecordingSource } from "../../../extension/export/recording-source.ts";
import { writeExport } from "../../../extension/export/write-export.ts";
import { projectRoot } from "../../../scripts/paths.ts";
import { syntheticRecording } from "../../bench/synthetic.ts";
import { fixtureFolder, type CauseFixture } from "../../causes/fixture.ts";
import { ofEitherBrowser } from "../report/recordings.ts";
import { anyEvent } from "../core/any-event.ts";
import { anyLife } from "../core/any-life.ts";
import { script, START } from "../core/event-script.ts";

const about = { hubscope: "1.2.3", writtenAt: START + 3_600_000, zone: UTC, reportStyle: "" };

/** A source of pieces that exist already. */
export const inMemory = (pieces: readonly PagePiece[]): RecordingSource => ({
  async *read() {
    await Promise.resolve();
    yield* pieces;
  },
  scorecard: () => null,
});

/** @param url of the page */
export const pageOf = (events: readonly RecordedEvent[], url = "https://board.example/"): PagePiece => ({
  page: { page: "p", recording: "p", url },
  events,
});

/** The file's text. What is put away is kept apart until the end, as a browser or the command line does it. */
export async function written(
  kind: ExportKind,
  pieces: readonly PagePiece[],
  { payloads = true }: { readonly payloads?: boolean } = {},
): Promise<string> {
  let text = "";
  const putAway = (kept: string) => ({ kept });
  for await (const piece of writeExport(inMemory(pieces), kind, { payloads }, about, putAway))
    text += typeof piece === "string" ? piece : piece.kept;
  return text;
}

const cases = path.join(projectRoot, "test", "fixtures", "cases");

function piecesOf(text: string): PagePiece[] {
  const result = readRecordingFile(text);
  if (!result.ok) throw new Error(result.problem);
  return result.file.pages.flatMap(({ events, ...page }) => [
    { page, events: events.slice(0, 50) },
    { page, events: events.slice(50) },
  ]);
}

/** Recordings that are kept, of causes half of them if nothing else is said, and a synthetic one, by name. */
export function keptRecordings(
  which: typeof ofEitherBrowser = ofEitherBrowser,
): (readonly [string, readonly PagePiece[]])[] {
  const causes = readdirSync(fixtureFolder)
    .filter(which)
    .map((file): [string, string] => {
      const fixture = JSON.parse(readFileSync(path.join(fixtureFolder, file), "utf8")) as CauseFixture;
      return [file, JSON.stringify(fixture.recording)];
    });
  const others = readdirSync(cases)
    .filter((file) => file !== "cases.json")
    .map((file): [string, string] => [file, readFileSync(path.join(cases, file), "utf8")]);
  return [
    ...[...causes, ...others].map(([file, text]) => [file, piecesOf(text)] as const),
    ["synthetic", [pageOf(syntheticRecording(8_000))]],
  ];
}

/** Texts that would end a cell, a string, a line or an element, or begin a formula. */
export const HOSTILE_TEXTS = [
  "=cmd|' /C calc'!A0",
  '"; DROP TABLE x',
  '\t=1+1\r\n@SUM(A1)",-2;=3',
  "\u{2028}</script><b>\u{0}\u{1e}{}\u{feff}",
  "\ud800 alone \udfff",
  "__proto__",
  "-1",
  "…",
  "",
];

const TEXT_FIELDS = [
  "target",
  "error",
  "reason",
  "invocationId",
  "connectionId",
  "url",
  "payload",
  "circuit",
];

const hostileEvent = fc
  .tuple(anyEvent, fc.subarray(TEXT_FIELDS), fc.constantFrom(...HOSTILE_TEXTS))
  .map(([event, fields, text]) => ({
    ...event,
    ...Object.fromEntries(
      fields.flatMap((name) => (name in event || event.kind === "message" ? [[name, text]] : [])),
    ),
  }));

/** Any checked events in any order, with hostile texts; or a life of a client. */
export const anyRecording: fc.Arbitrary<readonly PagePiece[]> = fc
  .oneof(
    anyLife,
    fc.array(fc.tuple(fc.nat(20_000), hostileEvent), { maxLength: 60 }).map((steps) => {
      const events = script().page();
      let now = 0;
      for (const [wait, event] of steps) events.at((now += wait)).add(event);
      return events.events;
    }),
  )
  .map((events) => events.flatMap((event) => readEvent(event) ?? []))
  .chain((events) =>
    fc.tuple(fc.integer({ min: 1, max: 20 }), fc.constantFrom(...HOSTILE_TEXTS)).map(([length, url]) => {
      const pieces: PagePiece[] = [pageOf([], url)];
      for (let i = 0; i < events.length; i += length) pieces.push(pageOf(events.slice(i, i + length), url));
      return pieces;
    }),
  );
