/** Parts of the recordings in test/fixtures, as an export of a range has them. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import type { RecordingModel } from "../../../extension/core/model/types.ts";
import { readRecordingFile, type FilePage } from "../../../extension/core/recording/recording-file.ts";
import type { EpochMilliseconds } from "../../../extension/core/units.ts";
import { cutToRange } from "../../../extension/export/cut-to-range.ts";
import type { PagePiece } from "../../../extension/export/recording-source.ts";
import { projectRoot } from "../../../scripts/paths.ts";

export const fixtures = path.join(projectRoot, "test", "fixtures");

/** @param name with its folder */
export function pagesOf(name: string): readonly FilePage[] {
  const text = readFileSync(path.join(fixtures, name), "utf8");
  const { recording } = JSON.parse(text) as { recording?: object };
  const read = readRecordingFile(recording ? JSON.stringify(recording) : text);
  if (!read.ok) throw new Error(`${name}: ${read.problem}`);
  return read.file.pages;
}

export function wholeOf(pages: readonly FilePage[]): RecordingModel {
  const reducer = createReducer();
  for (const { page, events } of pages) reducer.apply(page, events);
  return reducer.model;
}

async function* piecesOf(pages: readonly FilePage[]): AsyncGenerator<PagePiece> {
  for (const page of pages) {
    await Promise.resolve();
    yield { page, events: page.events };
  }
}

export async function partOf(
  pages: readonly FilePage[],
  from: EpochMilliseconds,
  to: EpochMilliseconds = Infinity,
): Promise<RecordingModel> {
  const reducer = createReducer();
  for await (const { page, events } of cutToRange(piecesOf(pages), { from, to }))
    reducer.apply(page.page, events);
  return reducer.model;
}
