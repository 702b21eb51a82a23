import { expect, it } from "vitest";
import { sentence } from "../../../../extension/core/faults/problem.ts";
import { readHerd } from "../../../../extension/core/herd/read-herd.ts";
import { fixed, herd, list } from "./any-herd.ts";

const problems = (value: unknown): string[] => {
  const read = readHerd(value);
  return read.ok ? [] : read.problems.map(sentence);
};

it("takes only known fields", () => {
  expect(readHerd({ ...herd(), more: 1, policy: { ...fixed(5), more: 2 } })).toEqual({
    ok: true,
    input: herd({ policy: fixed(5) }),
  });
});

it.each<[string, unknown, string]>([
  ["not an object", null, ""],
  [
    "clients",
    { ...herd(), clients: 1_000_001 },
    "clients is a whole number from 1 to 1,000,000, not 1000001",
  ],
  ["clients", { ...herd(), clients: "12" }, 'clients is a whole number from 1 to 1,000,000, not "12"'],
  [
    "a delay",
    herd({ policy: list([0, -1]) }),
    "policy.delays[1] is a whole number from 0 to 3,600,000, not -1",
  ],
  [
    "too many delays",
    herd({ policy: list(new Array<number>(101).fill(1)) }),
    "policy.delays is a list of at most 100 numbers",
  ],
  [
    "delays that are too long together",
    herd({ policy: list([3_600_000, 3_600_000, 1]) }),
    "policy.delays has delays of more than 7,200,000 ms together",
  ],
  [
    "an attempt less often than that",
    herd({ policy: fixed(3_600_000, { attempts: 3 }) }),
    "policy.attempts has delays of more than 7,200,000 ms together",
  ],
  ["a kind", { ...herd(), loss: { kind: "some" } }, 'loss.kind is at-once, drained, region, not "some"'],
  [
    "from above to",
    herd({ connectTime: { from: 300, to: 200 } }),
    "connectTime.to is a whole number from 300 to 3,600,000, not 200",
  ],
  [
    "a rate of 0",
    herd({ negotiates: { perSecond: 0, burst: 1 } }),
    "negotiates.perSecond is a number from 0.001 to 1,000,000, not 0",
  ],
  ["no number", herd({ refusalTime: NaN }), "refusalTime is a whole number from 1 to 3,600,000, not NaN"],
])("names what is wrong: %s", (_, value, say) => {
  expect(problems(value)).toContain(say === "" ? "is an object, not null" : say);
});

it("names everything that is wrong at once", () => {
  expect(
    problems({ ...herd(), clients: 0, seed: 0.5, tokens: { perSecond: 5, overload: "wait" } }),
  ).toHaveLength(3);
});
