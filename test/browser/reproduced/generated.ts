/** Real breaks that were recorded, each as the test that is generated from it. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import { looksLike } from "../../../extension/core/diagnosis/looks-like.ts";
import { downtimesOf } from "../../../extension/core/model/downtimes-of.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import type { Downtime, HubConnectionModel } from "../../../extension/core/model/types.ts";
import { readRecordingFile } from "../../../extension/core/recording/recording-file.ts";
import { playwrightTest } from "../../../extension/export/playwright/playwright-test.ts";
import { fixtureFolder } from "../../causes/fixture.ts";

/** The test, and the cause of what was really broken. */
export async function generatedFrom(file: string): Promise<{ cause: string; text: string }> {
  const content = await readFile(path.join(fixtureFolder, `${file}.chromium.json`), "utf8");
  const { recording } = JSON.parse(content) as { readonly recording: object };
  const [one, hub] = firstOf(JSON.stringify(recording));
  const test = playwrightTest(one, hub);
  if (!test.ok) throw new Error(`${file}: ${test.why}`);
  return { cause: verdictOf(one).cause, text: test.text };
}

/** What its first interruption looks like to Hubscope, which doesn't look at its own faults. */
export const firstLooksLike = (recording: string): string => looksLike(firstOf(recording)[0]).cause;

function firstOf(recording: string): [Downtime, HubConnectionModel] {
  const read = readRecordingFile(recording);
  if (!read.ok) throw new Error(read.problem);
  const { model, apply } = createReducer();
  for (const { page, events } of read.file.pages) apply(page, events);
  for (const hub of model.hubs) for (const one of downtimesOf(hub)) return [one, hub];
  throw new Error("It has no interruption.");
}
