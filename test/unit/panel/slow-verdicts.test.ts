/** The verdicts of a long list come in slices. In the end they are those of the whole recording. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import type { Downtime, RecordingModel } from "../../../extension/core/model/types.ts";
import { judgeSlice } from "../../../panel/views/interruptions/slow-verdicts.ts";
import { anyLife } from "../core/any-life.ts";
import { inBatches } from "../core/plain-model.ts";

const downtimesIn = ({ hubs }: RecordingModel): Downtime[] =>
  hubs.flatMap((hub) => [...hub.interruptions, ...hub.failedStarts]);

/** Over after so many verdicts. */
const sliceFor = (verdicts: number) => {
  let left = verdicts;
  return { isOver: () => left-- <= 0 };
};

it("makes the verdicts of the whole recording, however it is sliced", () => {
  fc.assert(
    fc.property(
      anyLife,
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 3 }),
      (events, length, perSlice) => {
        const { apply, model } = createReducer();
        for (const batch of inBatches(events, length)) {
          apply("p", batch);
          judgeSlice(downtimesIn(model), sliceFor(perSlice));
        }
        const own = downtimesIn(model);
        let slices = 0;
        while (!judgeSlice(own, sliceFor(perSlice))) slices++;
        expect(slices).toBeLessThanOrEqual(Math.ceil(own.length / perSlice));
        const whole = createReducer();
        whole.apply("p", events);
        expect(own.map((one) => verdictOf.last(one))).toEqual(downtimesIn(whole.model).map(verdictOf));
      },
    ),
    { numRuns: 200 },
  );
});

it("begins with the newest, and keeps a row's verdict until its turn comes", () => {
  const { apply, model } = createReducer();
  const life = fc.sample(anyLife, { seed: 1, numRuns: 200 }).find((events) => {
    const whole = createReducer();
    whole.apply("p", events);
    return downtimesIn(whole.model).length >= 3;
  });
  if (!life) throw new Error("no life with three interruptions");
  apply("p", life);
  const own = downtimesIn(model);
  expect(judgeSlice(own, sliceFor(1))).toBe(false);
  expect(own.map((one) => verdictOf.last(one) !== undefined)).toEqual(
    own.map((_, i) => i === own.length - 1),
  );
  expect(judgeSlice(own, sliceFor(own.length))).toBe(true);
  const before = own.map((one) => verdictOf.last(one));
  const { seq, t } = life.at(-1) ?? { seq: 0, t: 0 };
  apply("p", [{ kind: "online", online: true, seq: seq + 1, t: t + 1 }]);
  expect(own.some((one) => verdictOf.isCurrent(one))).toBe(false);
  expect(own.map((one) => verdictOf.last(one))).toEqual(before);
});
