/**
 * The recording as trace events, in the JSON object format: a process for each page, tracks for each of its hubs. Perfetto and Chrome's
 * Performance panel open it. Never message payloads.
 */
import { pathOf } from "../../core/protocol/addresses.ts";
import { pageName } from "../../wording/page-name.ts";
import type { AboutExport } from "../format-writer.ts";
import { inPieces } from "../in-pieces.ts";
import { isoTime } from "../../core/text/iso-time.ts";
import type { RecordingSource } from "../recording-source.ts";
import { readWhole, type WholeRecording } from "../whole-model.ts";
import { hubTracks } from "./hub-tracks.ts";
import { pageTracks } from "./page-tracks.ts";
import { processTexts } from "./trace-event.ts";
import { Tracks } from "./tracks.ts";

export async function* writeTrace(
  source: RecordingSource,
  { hubscope }: AboutExport,
): AsyncGenerator<string> {
  const whole = await readWhole(source);
  const { from, to } = whole.model;
  const about = {
    writtenBy: `Hubscope ${hubscope}`,
    times: "microseconds since the Unix epoch",
    ...(from <= to ? { from: isoTime(from), to: isoTime(to) } : {}),
  };
  yield `{"displayTimeUnit":"ms","otherData":${JSON.stringify(about)},"traceEvents":[`;
  yield* inPieces(list(events(whole)));
  yield "\n]}\n";
}

function* events({ model, pages }: WholeRecording): Generator<string> {
  let tid = 0;
  let pid = 0;
  for (const page of model.pages) {
    const tracks = new Tracks(++pid, () => ++tid);
    const url = page.started?.url ?? pages.get(page.id)?.url ?? "";
    yield* processTexts(pid, `${pageName(page)} ${pathOf(url)}`.trim());
    yield* pageTracks(page, tracks, page.lastSeen);
    for (const hub of page.hubs) yield* hubTracks(hub, tracks, page.lastSeen);
  }
}

function* list(elements: Iterable<string>): Generator<string> {
  let separator = "\n";
  for (const element of elements) {
    yield separator + element;
    separator = ",\n";
  }
}
