/** Reads many recordings on several processor cores. */
import { Worker } from "node:worker_threads";
import { factsOf, type RecordingFacts } from "./recording-facts.ts";

/** What a worker gets and answers: a few files at a time, as each message takes time. */
export type FilesToRead = readonly string[];
export type FactsRead = readonly RecordingFacts[];

const AT_ONCE = 16;

/** In no particular order. */
export async function readAll(
  files: readonly string[],
  jobs: number,
  add: (facts: RecordingFacts) => void,
): Promise<void> {
  const workers = Math.min(jobs, Math.ceil(files.length / AT_ONCE));
  if (workers <= 1) {
    for (const file of files) add(await factsOf(file));
    return;
  }
  const waiting = Array.from({ length: Math.ceil(files.length / AT_ONCE) }, (_, i) =>
    files.slice(i * AT_ONCE, (i + 1) * AT_ONCE),
  );
  await Promise.all(Array.from({ length: workers }, () => work(waiting, add)));
}

/** A worker, until nothing is waiting. */
async function work(waiting: FilesToRead[], add: (facts: RecordingFacts) => void): Promise<void> {
  const worker = new Worker(new URL("summary-worker.js", import.meta.url));
  try {
    await new Promise<void>((resolve, reject) => {
      const next = (): void => {
        const files = waiting.shift();
        if (files) worker.postMessage(files);
        else resolve();
      };
      worker.on("message", (read: FactsRead) => {
        for (const facts of read) add(facts);
        next();
      });
      worker.once("error", reject);
      worker.once("exit", () => {
        reject(new Error("a worker ended early"));
      });
      next();
    });
  } finally {
    worker.removeAllListeners();
    await worker.terminate();
  }
}
