import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type {
  FaultDetails,
  FaultScope,
  FaultTarget,
} from "../../../../extension/core/faults/fault-details.ts";
import type { Parameter } from "../../../../extension/core/faults/parameter.ts";
import {
  FAULT_DETAILS,
  FAULTS,
  LONGEST_DELAY,
  LONGEST_FAULT,
  parseFaultCommand,
  defaultCommand,
  type FaultName,
} from "../../../../extension/core/faults/vocabulary.ts";
import { anyAddress } from "../../fakes/any-text.ts";

const NAMES = Object.keys(FAULT_DETAILS) as FaultName[];
const page = { scope: "page" } as const;

const number = (min: number, max: number, minExcluded = false): fc.Arbitrary<number> =>
  fc.double({ min, max, minExcluded, noNaN: true });

const TARGETS: Readonly<Record<FaultScope, fc.Arbitrary<FaultTarget>>> = {
  page: fc.constant({ scope: "page" }),
  connection: fc.record({ scope: fc.constant("connection"), socket: fc.integer({ min: 1 }) }),
  hub: fc.record({ scope: fc.constant("hub"), url: anyAddress }),
  share: fc.record({
    scope: fc.constant("share"),
    percent: number(0, 100, true),
    seed: fc.integer({ min: 0, max: 0xffff_ffff }),
  }),
};

/** A valid value for a parameter, generated from the parameter table, independently of the code that checks it. */
function valueOf(parameter: Parameter): fc.Arbitrary<unknown> {
  switch (parameter.kind) {
    case "duration":
      return number(0, parameter.max ?? LONGEST_FAULT, true);
    case "delay":
      return number(0, LONGEST_DELAY);
    case "direction":
      return fc.constantFrom("both", "in", "out");
    case "whole":
      return fc.integer({ min: parameter.min, max: parameter.max });
    case "probability":
      return number(0, 1);
    case "choice":
      return fc.constantFrom(...parameter.of.map(({ value }) => value));
    case "close-code":
      return fc.oneof(fc.integer({ min: 3000, max: 4999 }), fc.constantFrom(1000, 1001, 1011, 1012));
    case "flag":
      return fc.boolean();
    case "text":
      return fc.string({ maxLength: Math.min(parameter.max, 200) });
    case "message-types":
      return fc.uniqueArray(fc.integer({ min: 1, max: 9 }), { minLength: 1 });
  }
}

const command = fc.constantFrom(...NAMES).chain((name) => {
  const kind: FaultDetails = FAULT_DETAILS[name];
  const fields = Object.entries(kind.parameters);
  const values = fc.record(Object.fromEntries(fields.map(([key, parameter]) => [key, valueOf(parameter)])), {
    requiredKeys: fields.filter(([, { optional }]) => optional === undefined).map(([key]) => key),
  });
  const target = fc.oneof(...kind.scopes.map((scope) => TARGETS[scope]));
  return fc.record({ values, target }).map((made) => ({ ...made.values, name, target: made.target }));
});

describe("fault commands", () => {
  it("are accepted unchanged when they are valid", () => {
    fc.assert(
      fc.property(command, (made) => {
        expect(parseFaultCommand(made)).toEqual(made);
        expect(parseFaultCommand(JSON.parse(JSON.stringify(made)))).toEqual(JSON.parse(JSON.stringify(made)));
      }),
    );
  });

  it("are rejected with a message when a value doesn't fit its parameter", () => {
    const nonsense = fc.constantFrom(null, "", {}, [], NaN, Infinity, -1, 1e300, [0], [1, 1], [10]);
    fc.assert(
      fc.property(command, fc.nat(), nonsense, (made, which, wrong) => {
        const keys = Object.keys(FAULT_DETAILS[made.name].parameters);
        const key = keys[which % Math.max(1, keys.length)];
        // These texts may be empty.
        if (key === undefined || (typeof wrong === "string" && ["reason", "error", "method"].includes(key)))
          return;
        const answer = parseFaultCommand({ ...made, [key]: wrong });
        expect(typeof answer === "string" && answer.startsWith(key)).toBe(true);
      }),
    );
  });

  it("are never read from anything else, and nothing throws", () => {
    const anything = fc.oneof(
      fc.anything({ withBigInt: true, withSparseArray: true }),
      fc.jsonValue(),
      fc.record({ name: fc.constantFrom(...NAMES), target: fc.jsonValue(), duration: fc.jsonValue() }),
    );
    fc.assert(
      fc.property(anything, (value) => {
        const answer = parseFaultCommand(value);
        if (typeof answer === "string") expect(answer.length).toBeGreaterThan(5);
        else expect(parseFaultCommand(answer)).toEqual(answer);
      }),
    );
  });

  it.each(NAMES)("%s has valid default values for its form", (name) => {
    const [scope = "page"] = FAULT_DETAILS[name].scopes;
    expect(scope).toBe("page");
    const usual = defaultCommand(name, page);
    expect(parseFaultCommand(usual)).toEqual(usual);
  });

  it.each(NAMES)("%s has a duration if it lasts for some time", (name) => {
    const lengths = Object.keys(FAULT_DETAILS[name].parameters).filter((key) =>
      ["duration", "window"].includes(key),
    );
    expect(lengths.length).toBe(FAULTS[name].lasting ? 1 : 0);
  });

  it("of earlier recordings are still accepted", () => {
    for (const old of [
      { name: "abrupt-loss", target: { scope: "connection", socket: 3 } },
      { name: "graceful-loss", target: page },
      { name: "server-close", target: page, allowReconnect: true, error: "drill" },
      { name: "half-open", target: { scope: "connection", socket: 1 } },
      { name: "offline", target: page, duration: 0.5 },
      { name: "suspend", target: page, duration: 70_000 },
      { name: "discard", target: page },
    ])
      expect(parseFaultCommand(old)).toEqual(old);
  });
});

describe("an invalid fault", () => {
  it.each([
    [42, "a fault is an object"],
    [{ name: "meteor", target: page }, 'unknown fault "meteor"'],
    [{ name: "toString", target: page }, 'unknown fault "toString"'],
    [{ name: "offline", target: page }, "duration is a number of milliseconds above 0 and at most 600,000"],
    [
      { name: "offline", target: page, duration: -1 },
      "duration is a number of milliseconds above 0 and at most 600,000",
    ],
    [
      { name: "block-main-thread", target: page, duration: 60_001 },
      "duration is a number of milliseconds above 0 and at most 60,000",
    ],
    [
      { name: "offline", target: { scope: "connection", socket: 1 }, duration: 1 },
      'target is { scope: "page" }: this fault always affects the whole page',
    ],
    [
      { name: "drain", target: { scope: "connection", socket: 1 }, window: 1 },
      'target.scope can\'t be "connection" here: the target is { scope: "page" } or { scope: "hub", url: its address }',
    ],
    [{ name: "abrupt-loss", target: page, duration: 5 }, 'abrupt-loss has no parameter "duration"'],
    [
      { name: "abrupt-loss", target: { scope: "page", socket: 1 } },
      'target has no "socket" with scope "page"',
    ],
    [
      { name: "abrupt-loss", target: { scope: "connection", socket: 0 } },
      "target.socket is the number of a socket, counted from 1",
    ],
    [
      { name: "abrupt-loss", target: { scope: "share", percent: 101, seed: 1 } },
      "target.percent is a number above 0 and at most 100",
    ],
    [
      { name: "abrupt-loss", target: { scope: "hub", url: "https://x/hubs/board?id=1" } },
      "target.url is the http or https address of a hub, without a query, of at most 2,000 characters",
    ],
    [
      { name: "close-code", target: page, code: 999 },
      "code is a close code: 1000 to 1003, 1005 to 1015, or 3000 to 4999",
    ],
    [
      { name: "close-code", target: page, code: 4000, reason: "é".repeat(62) },
      "reason is a text of at most 123 bytes, and this has 124",
    ],
    [
      { name: "close-code", target: page, code: 1006, reason: "so" },
      "reason can't be combined with code 1006, which is never sent",
    ],
    [
      { name: "negotiate-status", target: page, status: 418, duration: 1 },
      "status is 401, 403, 404, 429, 500 or 503",
    ],
    [
      { name: "drop-messages", target: page, direction: "up", probability: 1, duration: 1 },
      'direction is "both", "in" or "out"',
    ],
  ])("is rejected: %j gives %s", (value, sentence) => {
    expect(parseFaultCommand(value)).toBe(sentence);
  });
});
