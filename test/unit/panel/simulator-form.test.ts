import { describe, expect, it } from "vitest";
import { initialHerd, readHerdForm } from "../../../panel/state/simulator/herd-form.ts";
import {
  HERD_FIELDS,
  HERD_GROUPS,
  isShown,
  type HerdKey,
  type HerdValues,
} from "../../../panel/state/simulator/herd-fields.ts";

const form = (values: Partial<HerdValues> = {}) => readHerdForm({ ...initialHerd(), ...values });

const inputs = (values: Partial<HerdValues> = {}) => {
  const read = form(values);
  if (!read.ok) throw new Error(JSON.stringify(read.problems));
  return read.inputs;
};

describe("the simulator's form", () => {
  it("is valid at first, and compares the app's policy with two others", () => {
    const { app, jitter, changed } = inputs();
    expect(app).toEqual({
      clients: 100_000,
      loss: { kind: "at-once" },
      policy: { kind: "list", delays: [0, 2_000, 10_000, 30_000], then: "give-up", jitter: "none" },
      restartAfter: null,
      restartTime: 0,
      negotiates: { perSecond: 1_000, burst: 1_000 },
      capacity: null,
      tokens: null,
      connectTime: { from: 100, to: 500 },
      refusalTime: 50,
      seed: 1,
      horizon: 3_600_000,
    });
    expect(jitter.policy).toEqual({ ...app.policy, delays: [2_000, 2_000, 10_000, 30_000], jitter: "full" });
    expect(changed).toEqual({
      ...app,
      policy: { kind: "exponential", base: 1_000, cap: 30_000, attempts: null, jitter: "full" },
    });
  });

  it("has every field in one group", () => {
    const keys = HERD_GROUPS.flatMap((group) => group.keys);
    expect([...keys].sort()).toEqual(Object.keys(HERD_FIELDS).sort());
  });

  it("turns seconds, minutes, percent and units into what is simulated", () => {
    const { app } = inputs({
      lost: "region",
      share: "12,5",
      back: "1.5",
      units: "20",
      restartAfter: "5",
      tokens: "200",
      overload: "refuse",
      horizon: "10",
      kind: "exponential",
      base: "0.25",
      attempts: "7",
    });
    expect(app).toMatchObject({
      loss: { kind: "region", share: 0.125 },
      restartTime: 1_500,
      capacity: 20_000,
      restartAfter: 5_000,
      tokens: { perSecond: 200, overload: "refuse" },
      horizon: 600_000,
      policy: { kind: "exponential", base: 250, cap: 30_000, attempts: 7 },
    });
  });

  it("takes a list of delays as it would be written in code", () => {
    expect(inputs({ delays: " 0 , 0.5; 3 null" }).app.policy).toMatchObject({ delays: [0, 500, 3_000] });
    expect(inputs({ delays: "" }).app.policy).toMatchObject({ delays: [] });
  });

  it.each<[HerdKey, string, string]>([
    ["clients", "2000000", "1 to 1,000,000"],
    ["clients", "1.5", "a whole number"],
    ["clients", "", "required"],
    ["negotiates", "0", "0.001 to 1,000,000"],
    ["delays", "0, soon", 'seconds from 0 to 3,600, not "soon"'],
    ["delays", "3600, 3600, 1", "at most 100 delays, together at most 2 h"],
    ["connectTo", "50", "at least 100"],
    ["toCap", "0.5", "not less than the first delay"],
    ["horizon", "1441", "1 to 1,440"],
  ])("says under %s what is wrong with %j", (key, value, say) => {
    const read = form({ [key]: value });
    expect(read).toEqual({ ok: false, problems: { [key]: say } });
  });

  it("doesn't mind what is wrong in fields that mean nothing now", () => {
    expect(form({ over: "never", share: "much", base: "x", toDelays: "y" }).ok).toBe(true);
    const shown = { ...initialHerd(), lost: "drained" };
    expect(isShown("over", shown)).toBe(true);
    expect(isShown("share", shown)).toBe(false);
  });
});
