import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { BUILT_IN_SCENARIOS } from "../../../../extension/core/scenarios/built-ins.ts";
import { parseScenario } from "../../../../extension/core/scenarios/parse.ts";
import { scenarioSchema } from "../../../../extension/core/scenarios/schema.ts";

const good = (): Record<string, unknown> => ({
  scenario: 1,
  name: "my-drill",
  title: "My drill",
  say: "What our proxy does every night.",
  steps: [
    { do: "inject", fault: { name: "offline", duration: 5_000 }, as: "tunnel", quick: { duration: 500 } },
    { do: "wait", for: "attempts", count: 2, limit: 10_000 },
    { do: "end", fault: "tunnel" },
    { do: "pause", time: 3_000, quick: 300 },
    { do: "expect", that: "recovered", within: 5_000 },
  ],
});

/** The valid scenario with one step replaced. */
const withStep = (i: number, step: unknown): Record<string, unknown> => {
  const scenario = good();
  scenario["steps"] = (scenario["steps"] as unknown[]).with(i, step);
  return scenario;
};

describe("built-in scenarios", () => {
  it.each(BUILT_IN_SCENARIOS.map((one) => [one.name, one] as const))(
    "%s is valid for the parser",
    (_name, scenario) => {
      expect(parseScenario(scenario)).toEqual(scenario);
      expect(parseScenario(JSON.parse(JSON.stringify(scenario)))).toEqual(scenario);
    },
  );

  it("have unique names, and end with their expectations", () => {
    const names = BUILT_IN_SCENARIOS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toHaveLength(17);
  });
});

describe("a custom scenario", () => {
  it("is read unchanged, except that the address of its schema is removed", () => {
    expect(parseScenario({ $schema: "./scenario.schema.json", ...good() })).toEqual(good());
  });

  it.each([
    [[], [{ at: "", say: "a scenario is an object" }]],
    [{ ...good(), scenario: 2 }, [{ at: "scenario", say: "is 1, the version of the format" }]],
    [{ ...good(), author: "me" }, [{ at: "", say: 'a scenario has no "author"' }]],
    [
      { ...good(), needs: ["luck"] },
      [{ at: "needs[0]", say: "is one of stateful, web-sockets, negotiate, token, circuit, chromium" }],
    ],
    [{ ...good(), steps: [] }, [{ at: "steps", say: "is a list of 1 to 200 steps" }]],
    [
      { ...good(), steps: [{ do: "pause", time: 1 }] },
      [{ at: "steps", say: "need an expectation, or there is no verdict" }],
    ],
    [
      withStep(0, { do: "inject", fault: { name: "offline", duration: -5 }, as: "tunnel" }),
      [{ at: "steps[0].fault.duration", say: "is a number of milliseconds above 0 and at most 600,000" }],
    ],
    [
      withStep(0, { do: "inject", fault: { name: "meteor" }, as: "tunnel" }),
      [{ at: "steps[0].fault.name", say: 'is not a fault: "meteor"' }],
    ],
    [
      withStep(3, {
        do: "inject",
        fault: { name: "abrupt-loss", target: { scope: "connection", socket: 1 } },
      }),
      [
        {
          at: "steps[3].fault.target.scope",
          say: 'is "page" or "hub" or "share": scenarios do not target sockets',
        },
      ],
    ],
    [
      withStep(3, { do: "inject", fault: { name: "abrupt-loss", duration: 3 } }),
      [{ at: "steps[3].fault", say: 'abrupt-loss has no parameter "duration"' }],
    ],
    [
      withStep(3, { do: "inject", fault: { name: "suspend", duration: 3 }, quick: { period: 3 } }),
      [{ at: "steps[3].quick", say: 'has "period", which is not a duration of suspend' }],
    ],
    [
      withStep(1, { do: "wait", for: "godot", limit: 1 }),
      [
        {
          at: "steps[1].for",
          say: "is one of connected, disconnected, reconnecting, attempts, settled, faults-over",
        },
      ],
    ],
    [
      withStep(1, { do: "wait", for: "attempts", limit: 1 }),
      [{ at: "steps[1].count", say: "is a whole number from 1 to 1,000, and only with attempts" }],
    ],
    [
      withStep(2, { do: "end", fault: "proxy" }),
      [{ at: "steps[2].fault", say: 'names no fault that an earlier step injects as "proxy"' }],
    ],
    [
      withStep(3, { do: "dance" }),
      [{ at: "steps[3].do", say: 'is "inject", "end", "wait", "pause" or "expect"' }],
    ],
    [withStep(3, null), [{ at: "steps[3]", say: "is an object" }]],
    [
      withStep(4, { do: "expect", that: "recovered" }),
      [{ at: "steps[4].within", say: "is a number of milliseconds above 0 and at most 600,000" }],
    ],
    [
      {
        ...good(),
        steps: [
          ...Array.from({ length: 4 }, () => ({ do: "pause", time: 500_000 })),
          { do: "expect", that: "stays-connected" },
        ],
      },
      [{ at: "steps", say: "may take 2,000,000 ms; a scenario takes at most 1,800,000" }],
    ],
  ])("is rejected with the place and the broken rule (case %#)", (value, problems) => {
    expect(parseScenario(value)).toEqual(problems);
  });

  it("reports all problems at once", () => {
    const problems = parseScenario({ ...withStep(3, { do: "dance" }), name: "No!", title: "" });
    expect(problems).toMatchObject([{ at: "name" }, { at: "title" }, { at: "steps[3].do" }]);
  });

  it("never makes the parser throw, and what was accepted once is accepted again", () => {
    const step = fc.oneof(
      fc.jsonValue(),
      fc.record({
        do: fc.constantFrom("inject", "end", "wait", "pause", "expect"),
        fault: fc.jsonValue(),
        time: fc.jsonValue(),
        limit: fc.jsonValue(),
      }),
      fc.constantFrom(...(good()["steps"] as unknown[])),
    );
    const value = fc.oneof(
      fc.anything({ withBigInt: true }),
      fc.array(step).map((steps) => ({ ...good(), steps })),
      fc
        .dictionary(fc.constantFrom(...Object.keys(good())), fc.anything())
        .map((some) => ({ ...good(), ...some })),
    );
    fc.assert(
      fc.property(value, (made) => {
        const parsed = parseScenario(made);
        if (!("scenario" in parsed)) expect((parsed as readonly unknown[]).length).toBeGreaterThan(0);
        else expect(parseScenario(parsed)).toEqual(parsed);
      }),
    );
  });
});

/** `vitest -u` writes the schema; all other runs compare it. */
it("have a schema that is up to date", async () => {
  const schema = `${JSON.stringify(scenarioSchema(), null, 2)}\n`;
  await expect(schema).toMatchFileSnapshot("../../../../docs/scenario.schema.json");
});
