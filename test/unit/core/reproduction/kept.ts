/** Every interruption and failed start of the recordings that are kept. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { downtimesOf } from "../../../../extension/core/model/downtimes-of.ts";
import type { Downtime, HubConnectionModel } from "../../../../extension/core/model/types.ts";
import { createReducer } from "../../../../extension/core/model/reducer.ts";
import { readRecordingFile } from "../../../../extension/core/recording/recording-file.ts";
import { projectRoot } from "../../../../scripts/paths.ts";

export interface Kept {
  readonly file: string;
  readonly one: Downtime;
  readonly hub: HubConnectionModel;
}

/** @param name a part of the files' names */
export function keptDowntimes(folder: "causes" | "cases" | "findings", name = ".json"): Kept[] {
  const at = path.join(projectRoot, "test/fixtures", folder);
  return readdirSync(at)
    .filter((file) => file.endsWith(".json") && file.includes(name) && file !== "cases.json")
    .flatMap((file) => {
      const content = JSON.parse(readFileSync(path.join(at, file), "utf8")) as { recording?: unknown };
      const read = readRecordingFile(JSON.stringify(content.recording ?? content));
      if (!read.ok) throw new Error(`${file}: ${read.problem}`);
      const { model, apply } = createReducer();
      for (const { page, events } of read.file.pages) apply(page, events);
      return model.hubs.flatMap((hub) => downtimesOf(hub).map((one) => ({ file, one, hub })));
    });
}
