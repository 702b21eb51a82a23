/**
 * `npm run bench:report`: writes a recording of a million events, with payloads, in each export format, each in a process of its own, as the
 * command line does it. Tells time, peak memory and size. Fails above 300 MB. `-- --events 100000 --format har,html` for less.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import { createRecordingWriter } from "../../extension/core/recording/recording-file.ts";
import { EXPORT_FORMATS } from "../../extension/export/export-formats.ts";
import { projectRoot } from "../../scripts/paths.ts";
import { describeMachine } from "./machine.ts";
import type { Measured } from "./report/export.ts";
import { syntheticRecording } from "./synthetic.ts";

const MOST_MEGABYTES = 300;
const BATCH = 2_000;

const { values } = parseArgs({
  options: { events: { type: "string", default: "1000000" }, format: { type: "string", default: "" } },
});
const wanted = values.format.split(",").filter(Boolean);
const folder = await mkdtemp(path.join(os.tmpdir(), "hubscope-bench-"));
try {
  const file = path.join(folder, "recording.json");
  await writeRecording(file, Number(values.events));
  console.log(describeMachine("report"));
  const failures: string[] = [];
  for (const { kind } of EXPORT_FORMATS) {
    if (wanted.length > 0 && !wanted.includes(kind)) continue;
    const { milliseconds, peakBytes, size } = await measure(file, kind);
    const peak = peakBytes / 1e6;
    console.log(
      [
        kind.padEnd(20),
        `${(milliseconds / 1_000).toFixed(1).padStart(6)} s`,
        `${peak.toFixed(0).padStart(5)} MB peak`,
        `${(size / 1e6).toFixed(1).padStart(7)} MB`,
      ].join("  "),
    );
    if (peak > MOST_MEGABYTES)
      failures.push(`${kind} needs ${peak.toFixed(0)} MB, wanted ${MOST_MEGABYTES}.`);
  }
  for (const failure of failures) console.error(failure);
  process.exitCode = failures.length > 0 ? 1 : 0;
} finally {
  await rm(folder, { recursive: true });
}

/** The synthetic messages get payloads of their size. */
function withPayload(event: RecordedEvent): RecordedEvent {
  if (event.kind !== "message" || event.type === 6) return event;
  const { type, target, invocationId, size } = event;
  const payload = JSON.stringify({ type, target, invocationId, arguments: [""] });
  const filler = "order 4711, ".repeat(1 + size / 12).slice(0, Math.max(0, size - 1 - payload.length));
  return { ...event, payload: payload.replace('""', JSON.stringify(filler)) };
}

async function writeRecording(file: string, length: number): Promise<void> {
  const events = syntheticRecording(length);
  const writer = createRecordingWriter({ hubscope: "0", exportedAt: "2026-11-25T00:00:00.000Z" });
  const to = createWriteStream(file);
  const write = async (text: string): Promise<void> => {
    if (!to.write(text)) await once(to, "drain");
  };
  await write(writer.begin());
  await write(writer.beginPage({ page: "p", recording: "p", url: "https://board.example/" }));
  for (let i = 0; i < events.length; i += BATCH)
    await write(writer.events(events.slice(i, i + BATCH).map(withPayload)));
  await write(writer.endPage() + writer.end(null));
  to.end();
  await once(to, "finish");
}

async function measure(file: string, kind: string): Promise<Measured> {
  const to = path.join(folder, `out.${kind}`);
  const script = path.join(projectRoot, "test", "bench", "report", "export.ts");
  const child = spawn(process.execPath, ["--import", "tsx", script, file, kind, to], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  let text = "";
  for await (const piece of child.stdout.setEncoding("utf8") as AsyncIterable<string>) text += piece;
  await rm(to, { force: true });
  if (!text.startsWith("{")) throw new Error(`${kind} failed`);
  return JSON.parse(text) as Measured;
}
