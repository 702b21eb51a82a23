/**
 * `npm run bench:summary [-- --recordings 5000]`: how long `npx hubscope summary` takes over a folder of recordings, on two cores and on
 * one. Most are like those of a few minutes with a busy board; some are the real ones of test/fixtures/causes; one in five is compressed.
 */
import { spawnSync } from "node:child_process";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import { gzipSync } from "node:zlib";
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import { readRecordingFile, writeRecordingFile } from "../../extension/core/recording/recording-file.ts";
import { bytes, whole } from "../../extension/core/text/format.ts";
import { boardRecording } from "../../panel/fixture/board.ts";
import { troubleRecording } from "../../panel/fixture/trouble.ts";
import { buildNpm } from "../../scripts/npm-package.ts";
import { projectRoot } from "../../scripts/paths.ts";

const START = Date.UTC(2026, 10, 24, 10, 0, 0);
const CAUSES = path.join(projectRoot, "test/fixtures/causes");

const { values } = parseArgs({ options: { recordings: { type: "string", default: "5000" } } });
const wanted = Number(values.recordings);

async function realOnes(): Promise<RecordedEvent[][]> {
  const files = (await readdir(CAUSES)).filter((name) => name.endsWith(".json"));
  const texts = await Promise.all(files.map((file) => readFile(path.join(CAUSES, file), "utf8")));
  return texts.flatMap((text) => {
    const { recording } = JSON.parse(text) as { recording: object };
    const read = readRecordingFile(JSON.stringify(recording));
    return read.ok ? read.file.pages.slice(0, 1).map(({ events }) => [...events]) : [];
  });
}

async function generate(folder: string): Promise<{ events: number; size: number }> {
  const real = await realOnes();
  const [board, trouble] = [boardRecording(START), troubleRecording(START)];
  let [events, size] = [0, 0];
  for (let i = 0; i < wanted; i++) {
    const of = i % 5 < 3 ? board : i % 5 === 3 ? trouble : (real[i % real.length] ?? board);
    const later = i * 60_000;
    const page = {
      ...{ page: `p${i}`, recording: `p${i}`, url: "https://board.example/" },
      events: of.map((event) => ({ ...event, t: event.t + later })),
    };
    const text = writeRecordingFile([page], { exportedAt: new Date(START).toISOString(), hubscope: "bench" });
    const [name, data] = i % 5 === 1 ? [`${i}.json.gz`, gzipSync(text)] : [`${i}.json`, Buffer.from(text)];
    await writeFile(path.join(folder, name), data);
    events += of.length;
    size += data.length;
  }
  return { events, size };
}

const folder = await mkdtemp(path.join(os.tmpdir(), "hubscope-bench-"));
try {
  const built = await buildNpm({ outDir: path.join(folder, "npm") });
  const recordings = await mkdtemp(path.join(folder, "recordings-"));
  const { events, size } = await generate(recordings);
  console.log(`${whole(wanted)} recordings, ${whole(events)} events, ${bytes(size)}`);
  for (const jobs of [2, 1]) {
    const began = performance.now();
    const args = ["summary", recordings, "--json", "--jobs", String(jobs)];
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [path.join(built, "cli/main.js"), ...args],
      {
        encoding: "utf8",
        maxBuffer: 1e9,
      },
    );
    if (status !== 0) throw new Error(stderr);
    const took = (performance.now() - began) / 1_000;
    const totals = JSON.parse(stdout) as { recordings: number; losses: number };
    console.log(
      `${jobs} ${jobs === 1 ? "core" : "cores"}: ${took.toFixed(1)} s (${whole(totals.recordings)} read, ${whole(totals.losses)} losses)`,
    );
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
