/**
 * A range of a recording says which hub connections existed when it began. It must not invent one: a hub whose socket or next
 * try isn't recognised would seem to be two.
 */
import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import type { RecordingModel } from "../../../extension/core/model/types.ts";
import { fixtures, pagesOf, partOf, wholeOf } from "./parts.ts";

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
    for (const name of readdirSync(path.join(fixtures, kind))) {
      if (name === "cases.json") continue;
      const pages = pagesOf(`${kind}/${name}`);
      const whole = wholeOf(pages);
      const known = hubsPerPage(whole);
      const { from, to } = whole;
      for (let i = 1; i < CUTS; i++) {
        const begin = from + ((to - from) * i) / CUTS;
        for (const [page, count] of hubsPerPage(await partOf(pages, begin)))
          if (count > (known.get(page) ?? 0)) invented.push(`${name} from +${Math.round(begin - from)} ms`);
      }
    }
    expect(invented).toEqual([]);
  });
});
