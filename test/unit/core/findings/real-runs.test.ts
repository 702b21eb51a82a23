/** Replays recordings of real apps (`npm run findings -- --keep`): each has the findings that its run is about, and a healthy app has none. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { FINDING_IDS, type FindingId } from "../../../../extension/core/diagnosis/findings/registry.ts";
import { readRecordingFile } from "../../../../extension/core/recording/recording-file.ts";
import { isHealthy } from "../../../findings/finding-run.ts";
import { fixtureFolder, type FindingFixture } from "../../../findings/fixture.ts";
import { foundIn, judge, onWire, resultsOf, type Expected } from "../../../findings/judge.ts";
import type { Pages } from "../../../findings/record.ts";
import { RUNS } from "../../../findings/runs/all.ts";

/** How many recordings of healthy apps are asked for. */
const HEALTHY = 50;

/**
 * Shown by made-up events only, in the finding's own test: what needs Azure, minutes in the background, or doesn't occur (there is always a
 * request). This list may only become shorter.
 */
const MADE_UP: Readonly<Record<Expected, readonly FindingId[]>> = {
  has: ["background-throttling", "skip-negotiation-azure", "azure-units", "serverless"],
  hasNot: ["freeze-without-lock", "background-throttling"],
  cantTell: ["stateful-buffer", "azure-units", "serverless", "negotiate-throttled", "token-in-url"],
};

const read = (file: string): string => readFileSync(path.join(fixtureFolder, file), "utf8");
const byName = new Map(RUNS.map((run) => [run.name, run]));
const fixtures = readdirSync(fixtureFolder)
  .filter((file) => file.endsWith(".json"))
  .map((file) => {
    const fixture = JSON.parse(read(file)) as FindingFixture;
    const run = byName.get(fixture.name);
    if (!run) throw new Error(`${file}: there is no such run any more`);
    return { file, fixture, run };
  });

function pagesOf({ recording }: FindingFixture): Pages {
  const result = readRecordingFile(JSON.stringify(recording));
  if (!result.ok) throw new Error(result.problem);
  expect(result.leftOut).toBe(0);
  return result.file.pages.map(({ events }) => events);
}

describe.each(fixtures)("$file", ({ file, fixture, run }) => {
  const pages = pagesOf(fixture);
  const results = resultsOf(pages);

  it("has what its run is about, with and without the client probe", () => {
    const wire = resultsOf(onWire(pages));
    const wrong = [...judge(results, run), ...judge(wire, run.onWire ?? {})];
    expect(wrong.filter(({ right }) => !right)).toEqual([]);
  });

  if (isHealthy(run))
    it.each([true, false])("has no finding (client probe: %s)", (probe) => {
      expect(foundIn(probe ? results : resultsOf(onWire(pages)))).toEqual([]);
    });

  it("contains no local path and no secret, and is small", () => {
    const text = read(file);
    expect(text).not.toMatch(/\/(home|root|tmp|work|Users)\/|[A-Z]:\\|eyJ[\w-]{8}|Mozilla\/5\.0 \(/);
    expect(text).not.toMatch(/(access_token|[?&]id)=(?!…)/);
    expect(text).not.toContain("CfDJ8");
    expect(text.length).toBeLessThan(60_000);
  });
});

it("there is a recording of every run", () => {
  const recorded = new Set(fixtures.map(({ fixture }) => fixture.name));
  expect(RUNS.map(({ name }) => name).filter((name) => !recorded.has(name))).toEqual([]);
});

it(`there are recordings of ${HEALTHY} healthy apps, of each browser`, () => {
  for (const browser of ["chromium", "firefox"]) {
    const own = fixtures.filter(({ fixture, run }) => fixture.browser === browser && isHealthy(run));
    expect(own.length).toBeGreaterThanOrEqual(HEALTHY);
  }
});

it.each(["has", "hasNot", "cantTell"] as const)(
  "every finding has a real recording for: %s",
  (expected: Expected) => {
    const shown = new Set(
      fixtures.flatMap(({ run }) => [...(run[expected] ?? []), ...(run.onWire?.[expected] ?? [])]),
    );
    expect(FINDING_IDS.filter((id) => !shown.has(id))).toEqual(MADE_UP[expected]);
  },
);
