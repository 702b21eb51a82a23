/**
 * A range of a recording says which hub connections existed when it began. It must not invent one: a hub whose socket or next
 * try isn't recognised would seem to be two.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import type { RecordingModel } from "../../../extension/core/model/types.ts";
import { readRecordingFile, type FilePage } from "../../../extension/core/recording/recording-file.ts";
import type { EpochMilliseconds } from "../../../extension/core/units.ts";
import { cutToRange } from "../../../extension/export/cut-to-range.ts";
import type { PagePiece } from "../../../extension/export/recording-source.ts";
import { projectRoot } from "../../../scripts/paths.ts";

const fixtures = path.join(projectRoot, "test", "fixtures");
const recordings = ["causes", "findings", "cases"].flatMap((kind) =>
  readdirSync(path.join(fixtures, kind))
    .filter((name) => name !== "cases.json")
    .map((name) => `${kind}/${name}`),
);

function pagesOf(name: string): readonly FilePage[] {
  const text = readFileSync(path.join(fixtures, name), "utf8");
  const { recording } = JSON.parse(text) as { recording?: object };
  const read = readRecordingFile(recording ? JSON.stringify(recording) : text);
  if (!read.ok) throw new Error(`${name}: ${read.problem}`);
  return read.file.pages;
}

async function* piecesOf(pages: readonly FilePage[]): AsyncGenerator<PagePiece> {
  for (const page of pages) {
    await Promise.resolve();
    yield { page, events: page.events };
  }
}

async function partOf(pages: readonly FilePage[], from: EpochMilliseconds): Promise<RecordingModel> {
  const reducer = createReducer();
  for await (const { page, events } of cutToRange(piecesOf(pages), { from, to: Infinity }))
    reducer.apply(page.page, events);
  return reducer.model;
}

function hubsPerPage(model: RecordingModel): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { page } of model.hubs) counts.set(page, (counts.get(page) ?? 0) + 1);
  return counts;
}

/** Where the recordings are cut: at so many evenly spaced moments. */
const CUTS = 5;

describe.each(["causes", "findings", "cases"])("any part of the recordings of %s", (kind) => {
  it("has no more hub connections than the whole", async () => {
    const invented: string[] = [];
    for (const name of recordings.filter((one) => one.startsWith(`${kind}/`))) {
      const pages = pagesOf(name);
      const whole = createReducer();
      for (const { page, events } of pages) whole.apply(page, events);
      const known = hubsPerPage(whole.model);
      const { from, to } = whole.model;
      for (let i = 1; i < CUTS; i++) {
        const begin = from + ((to - from) * i) / CUTS;
        for (const [page, count] of hubsPerPage(await partOf(pages, begin)))
          if (count > (known.get(page) ?? 0)) invented.push(`${name} from +${Math.round(begin - from)} ms`);
      }
    }
    expect(invented).toEqual([]);
  });
});
