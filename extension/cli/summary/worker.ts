/** Entry point of a worker of `hubscope summary`. */
import { parentPort } from "node:worker_threads";
import { factsOf } from "./recording-facts.ts";
import type { FactsRead, FilesToRead } from "./workers.ts";

parentPort?.on("message", (files: FilesToRead) => {
  void Promise.all(files.map(factsOf)).then((facts: FactsRead) => {
    parentPort?.postMessage(facts);
  });
});
