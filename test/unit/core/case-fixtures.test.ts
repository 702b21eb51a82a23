/** Replays recordings that once got a wrong verdict. test/fixtures/cases/cases.json says what happened, and the right verdict. */
import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { adviceAgainst, adviceFor } from "../../../extension/core/diagnosis/advice.ts";
import { downtimesOf } from "../../../extension/core/model/downtimes-of.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import type { Downtime, RecordingModel } from "../../../extension/core/model/types.ts";
import type { Confidence } from "../../../extension/core/diagnosis/verdict.ts";
import { readRecordingFile } from "../../../extension/core/recording/recording-file.ts";
import { projectRoot } from "../../../scripts/paths.ts";
import { withoutProbe } from "../../causes/classify.ts";

interface Expected {
  /** Causes that count as right. */
  readonly cause?: readonly string[];
  readonly obstacle?: string;
  readonly atMost?: Confidence;
  readonly outcome?: string;
  readonly outcomeOnWire?: string;
  /** The state of a connection without an interruption. */
  readonly state?: string;
  readonly stateOnWire?: string;
  readonly attempts?: number;
  /** Minimum and maximum in milliseconds. */
  readonly downtime?: readonly [number, number];
  readonly neverRuledOut?: readonly string[];
  readonly neverSaid?: string;
}

interface Case {
  readonly file: string;
  readonly how: string;
  readonly right: string;
  readonly expected: Expected;
}

const folder = path.join(projectRoot, "test", "fixtures", "cases");
const read = (file: string): string => readFileSync(path.join(folder, file), "utf8");
const cases = JSON.parse(read("cases.json")) as readonly Case[];
const CONFIDENCES: readonly Confidence[] = ["low", "medium", "high"];

function reduce(file: string, probe: boolean): RecordingModel {
  const result = readRecordingFile(read(file));
  if (!result.ok) throw new Error(result.problem);
  expect(result.leftOut).toBe(0);
  const reducer = createReducer();
  for (const { page, events } of result.file.pages)
    reducer.apply(page, probe ? events : withoutProbe(events));
  return reducer.model;
}

/** All texts that a reader sees about an interruption or failed start. */
function allWords(one: Downtime): string {
  const verdict = verdictOf(one);
  const advice = verdict.obstacle ? adviceAgainst(verdict.obstacle) : adviceFor(one);
  const told = [...verdict.evidence, ...verdict.clientCallbacks].map(({ text }) => text);
  return [verdict.title, advice?.text, verdict.obstacle?.title, ...told].join("\n");
}

describe.each(cases)("$file", ({ file, expected }) => {
  it.each([true, false])("gets the right verdict (probe: %s)", (probe) => {
    const [page] = reduce(file, probe).pages;
    // For the reader it is one connection.
    expect(page?.hubs).toHaveLength(1);
    const hub = page!.hubs[0]!;
    const downtimes = downtimesOf(hub);
    if (expected.state !== undefined) {
      expect(downtimes).toEqual([]);
      expect(hub.states.at(-1)?.state).toBe((!probe && expected.stateOnWire) || expected.state);
      return;
    }
    expect(downtimes.length).toBeGreaterThan(0);
    for (const one of downtimes) {
      const { outcome, from, until, attempts } = one;
      const verdict = verdictOf(one);
      if (expected.cause) expect(expected.cause).toContain(verdict.cause);
      if (expected.obstacle !== undefined) expect(verdict.obstacle?.name).toBe(expected.obstacle);
      expect(outcome).toBe((!probe && expected.outcomeOnWire) || expected.outcome);
      const most = CONFIDENCES.indexOf(expected.atMost ?? "high");
      expect(CONFIDENCES.indexOf(verdict.confidence)).toBeLessThanOrEqual(most);
      if (expected.attempts !== undefined) expect(attempts).toHaveLength(expected.attempts);
      if (expected.downtime) {
        expect((until ?? Infinity) - from).toBeGreaterThan(expected.downtime[0]);
        expect((until ?? Infinity) - from).toBeLessThan(expected.downtime[1]);
      }
      for (const never of expected.neverRuledOut ?? []) expect(verdict.ruledOut).not.toContain(never);
      expect(allWords(one)).not.toMatch(/code null|<html|<body/i);
      if (expected.neverSaid !== undefined) expect(allWords(one)).not.toContain(expected.neverSaid);
    }
    expect(hub.attempts.filter(({ endedAt }) => endedAt === null)).toEqual([]);
  });
});

it("each recording file has its case", () => {
  const recordings = readdirSync(folder).filter((file) => file !== "cases.json");
  expect(cases.map(({ file }) => file).sort()).toEqual(recordings.sort());
});
