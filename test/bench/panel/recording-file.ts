/** Writes the generated recording as a file, piece by piece: a million events are 200 MB. */
import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { RECORDING_VERSION, type RecordedEvent } from "../../../extension/core/events/events.ts";
import { RECORDING_FORMAT } from "../../../extension/core/recording/file-format.ts";
import { PAGE_URL, panelRecording } from "./recording.ts";
import { createTotals, type Totals } from "./totals.ts";

/** Events in one piece. */
const PIECE = 5_000;

/** @returns what the panel should count in it */
export async function writeRecording(file: string, length: number): Promise<Totals> {
  const { totals, add } = createTotals();
  await pipeline(Readable.from(piecesOf(panelRecording(length), add)), createWriteStream(file));
  return totals;
}

/** The text of the file in pieces. `see` is called with every event. */
export function* piecesOf(
  events: Iterable<RecordedEvent>,
  see: (event: RecordedEvent) => void,
): Generator<string, void> {
  const page = { page: "bench", recording: "bench", url: PAGE_URL };
  const head = { format: RECORDING_FORMAT, version: RECORDING_VERSION, exportedAt: "", hubscope: "" };
  yield `${JSON.stringify(head).slice(0, -1)},"pages":[${JSON.stringify(page).slice(0, -1)},"events":[`;
  let piece: string[] = [];
  let separator = "";
  for (const event of events) {
    see(event);
    piece.push(JSON.stringify(event));
    if (piece.length < PIECE) continue;
    yield separator + piece.join();
    separator = ",";
    piece = [];
  }
  yield `${piece.length > 0 ? separator : ""}${piece.join()}]}]}`;
}
