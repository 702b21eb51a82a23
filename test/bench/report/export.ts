/** Writes one recording in one format, as the command line does, and says what that took. Run by test/bench/report.ts. */
import { createWriteStream } from "node:fs";
import { stat } from "node:fs/promises";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { useLittleMemory } from "../../../extension/cli/files/little-memory.ts";
import { createTemporaryTexts } from "../../../extension/cli/files/temporary.ts";
import { readTexts } from "../../../extension/cli/files/read-texts.ts";
import { UTC } from "../../../extension/core/text/format.ts";
import { EXPORT_FORMATS } from "../../../extension/export/export-formats.ts";
import { openRecording } from "../../../extension/export/open-recording.ts";
import { writeExport } from "../../../extension/export/write-export.ts";

export interface Measured {
  readonly milliseconds: number;
  /** Of the whole process. */
  readonly peakBytes: number;
  readonly size: number;
}

const [file = "", kind = "", to = ""] = process.argv.slice(2);
const format = EXPORT_FORMATS.find((one) => one.kind === kind);
if (!format) throw new Error(`no format ${kind}`);
useLittleMemory();
const from = performance.now();
const opening = await openRecording(() => readTexts(file));
if (!opening.ok) throw new Error(opening.problem);
const texts = createTemporaryTexts();
const pieces = writeExport(
  opening.recording,
  format.kind,
  { payloads: true },
  { hubscope: "0", writtenAt: Date.UTC(2026, 10, 25), zone: UTC, reportStyle: "" },
  texts.putAway,
);
async function* data(): AsyncGenerator<Uint8Array> {
  for await (const piece of pieces)
    if (typeof piece === "string") yield Buffer.from(piece);
    else if (piece.length > 0) yield* texts.read(piece) as AsyncIterable<Uint8Array>;
}
const target = createWriteStream(to);
if ("gzip" in format) await pipeline(Readable.from(data()), createGzip(), target);
else await pipeline(Readable.from(data()), target);
texts.close();
const measured: Measured = {
  milliseconds: performance.now() - from,
  peakBytes: process.resourceUsage().maxRSS * 1_024,
  size: (await stat(to)).size,
};
console.log(JSON.stringify(measured));
