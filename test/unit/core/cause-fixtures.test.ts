/** Replays connections that were really broken (`npm run causes -- --keep`), and compares the verdicts with the real causes. */
import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { readRecordingFile } from "../../../extension/core/recording/recording-file.ts";
import { classify, withoutProbe } from "../../causes/classify.ts";
import { fixtureFolder, type CauseFixture } from "../../causes/fixture.ts";
import { PROVOCATIONS } from "../../causes/provocations.ts";
import { ENOUGH, isEnough, tableOf, type Judged } from "../../causes/tally.ts";
import { inBatches, plain, reduceBatches } from "./plain-model.ts";

const files = readdirSync(fixtureFolder).filter((file) => file.endsWith(".json"));
const read = (file: string): string => readFileSync(path.join(fixtureFolder, file), "utf8");
const fixtures = files.map((file) => ({ file, fixture: JSON.parse(read(file)) as CauseFixture }));

function eventsOf({ recording }: CauseFixture) {
  const result = readRecordingFile(JSON.stringify(recording));
  if (!result.ok) throw new Error(result.problem);
  expect(result.leftOut).toBe(0);
  return result.file.pages.flatMap(({ events }) => events);
}

describe.each(fixtures)("$file", ({ file, fixture }) => {
  const events = eventsOf(fixture);

  it("has the right cause, with and without the client probe", () => {
    const { probe, wire } = fixture.expected;
    expect([probe].flat()).toContain(classify(events).name);
    expect([wire].flat()).toContain(classify(withoutProbe(events)).name);
  });

  it.each([true, false])(
    "gives the same model, no matter how the events are split into batches (probe: %s)",
    (probe) => {
      const seen = probe ? events : withoutProbe(events);
      const fromScratch = plain(reduceBatches([seen]));
      expect(plain(reduceBatches(inBatches(seen, 1)))).toEqual(fromScratch);
      expect(plain(reduceBatches(inBatches(seen, 7)))).toEqual(fromScratch);
    },
  );

  it("has client callbacks and evidence in order of time", () => {
    for (const seen of [events, withoutProbe(events)])
      for (const { interruptions, failedStarts } of reduceBatches([seen]).hubs)
        for (const downtime of [...interruptions, ...failedStarts]) {
          const { outcome } = downtime;
          const verdict = verdictOf(downtime);
          const told = { outcome, saw: verdict.clientCallbacks.length };
          if (outcome !== "page-ended" && outcome !== "stopped-by-app") expect(told.saw).toBeGreaterThan(0);
          expect(verdict.evidence.length).toBeGreaterThan(0);
          for (const facts of [verdict.evidence, verdict.clientCallbacks])
            expect(facts.map(({ t }) => t)).toEqual(facts.map(({ t }) => t).sort((a, b) => a - b));
        }
  });

  it("contains no local path and no secret, and is small", () => {
    const text = read(file);
    expect(text).not.toMatch(/\/(home|root|tmp|work|Users)\/|[A-Z]:\\|eyJ[\w-]{8}|Mozilla/);
    expect(text).not.toMatch(/(access_token|[?&]id)=(?!…)/);
    // How circuit ids begin, and all that ASP.NET Core's data protection has encrypted.
    expect(text).not.toContain("CfDJ8");
    expect(text.length).toBeLessThan(40_000);
  });
});

it("there is a recording of every way to break a connection", () => {
  const names = new Set(fixtures.map(({ fixture }) => fixture.name));
  const all = PROVOCATIONS.map(({ name }) => name);
  expect(all.filter((name) => !names.has(name))).toEqual([]);
  expect([...names].filter((name) => !all.includes(name))).toEqual([]);
});

describe("the tally", () => {
  const right: Judged = { name: "server-gone", confidence: "high", expected: "server-gone" };
  const unsure: Judged = { name: "abrupt-loss", confidence: "medium", expected: "server-gone" };
  const sure: Judged = { name: "offline", confidence: "high", expected: "server-gone" };
  const times = <T>(n: number, one: T): T[] => Array.from({ length: n }, () => one);

  it("requires enough right verdicts, and no wrong one with high confidence", () => {
    expect(isEnough(times(20, right), ENOUGH.probe)).toBe(true);
    expect(isEnough([...times(19, right), unsure], ENOUGH.probe)).toBe(true);
    expect(isEnough([...times(18, right), unsure, unsure], ENOUGH.probe)).toBe(false);
    expect(isEnough([...times(99, right), sure], ENOUGH.probe)).toBe(false);
    expect(isEnough([], ENOUGH.wire)).toBe(false);
  });

  it("accepts any of several expected verdicts", () => {
    const either: Judged = { ...right, expected: ["server-gone", "abrupt-loss"] };
    expect(isEnough([either, { ...either, name: "abrupt-loss" }], 1)).toBe(true);
    expect(isEnough([{ ...either, name: "offline" }], 1)).toBe(false);
  });

  it("shows which cause was mistaken for which", () => {
    const lines = tableOf([right, right, unsure]).split("\n");
    expect(lines.map((line) => line.trim().split(/\s{2,}/))).toEqual([
      ["expected", "right", "abrupt-loss"],
      ["server-gone", "2", "1"],
    ]);
  });
});
