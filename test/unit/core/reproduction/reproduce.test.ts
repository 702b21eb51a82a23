import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { looksLike } from "../../../../extension/core/diagnosis/looks-like.ts";
import { FAULT_DETAILS } from "../../../../extension/core/faults/vocabulary.ts";
import { downtimesOf } from "../../../../extension/core/model/downtimes-of.ts";
import { createReducer } from "../../../../extension/core/model/reducer.ts";
import type { RecordingModel } from "../../../../extension/core/model/types.ts";
import { RECIPES } from "../../../../extension/core/reproduction/recipes.ts";
import { reproduce } from "../../../../extension/core/reproduction/reproduce.ts";
import type { Reproduction } from "../../../../extension/core/reproduction/reproduction.ts";
import { parseScenario } from "../../../../extension/core/scenarios/parse.ts";
import type { Step } from "../../../../extension/core/scenarios/scenario.ts";
import { anyLife } from "../any-life.ts";
import { script, type EventScript } from "../event-script.ts";
import { anyRecording } from "../../export/written.ts";
import { keptDowntimes } from "./kept.ts";

const scenarioOf = (again: Reproduction) => {
  if (again.kind !== "scenario") throw new Error(`no scenario: ${JSON.stringify(again)}`);
  return again.scenario;
};
/** Steps in a few words. */
const inShort = (step: Step): string => {
  switch (step.do) {
    case "inject":
      return `${step.fault.name}${step.as === undefined ? "" : ` as ${step.as}`}`;
    case "end":
      return `end ${step.fault ?? "all"}`;
    case "wait":
      return `until ${step.for}`;
    case "pause":
      return `pause ${step.time}`;
    case "expect":
      return `expect ${step.that}`;
  }
};
const onlyScenario = (events: EventScript) => scenarioOf(reproduce(events.onlyInterruption()));
const faultsOf = (events: EventScript) =>
  onlyScenario(events).steps.flatMap((step) => (step.do === "inject" ? [step.fault] : []));

/** Closed after ten seconds, with what the client is told. */
const lost = (error: string, code = 1006): EventScript =>
  script()
    .connected()
    .at(10_000)
    .closed(1, code)
    .add({ kind: "hub-lost", hub: 1, error })
    .state("Connected", "Reconnecting");
const cut = (): EventScript => lost("WebSocket closed with status code: 1006 (no reason given).");
const back = (events: EventScript, at: number): EventScript =>
  events.at(at).negotiate(9, "id-9").socket(9, 9).state("Reconnecting", "Connected", "id-9");

describe("kept recordings of real breaks", () => {
  it.each([
    ["causes", ".chromium."],
    ["causes", ".firefox."],
    ["findings", ".chromium."],
    ["findings", ".firefox."],
    ["cases", ".json"],
  ] as const)("%s, *%s*: each has a valid scenario, or a reason", (folder, name) => {
    const seen = new Set<string>();
    for (const { file, one } of keptDowntimes(folder, name)) {
      const again = reproduce(one);
      seen.add(again.kind);
      if (again.kind !== "scenario") continue;
      expect(Array.isArray(parseScenario(again.scenario)), file).toBe(false);
      const { cause } = looksLike(one);
      const recipe = cause === "injected" || cause === "start-failed" ? null : RECIPES[cause];
      if (!recipe || "why" in recipe) throw new Error(`${file}: ${cause}`);
      expect(again.causes, file).not.toEqual([]);
    }
    expect(seen).toContain("scenario");
  });
});

describe("recipes", () => {
  it("name faults that exist, and what the loss looks like then", () => {
    for (const recipe of Object.values(RECIPES)) {
      if ("why" in recipe) continue;
      expect(recipe.faults.every((name) => Object.hasOwn(FAULT_DETAILS, name))).toBe(true);
      expect(recipe.causes.length).toBeGreaterThan(0);
    }
  });
});

describe("an outage", () => {
  it("is refused for as long as the tries failed, and then the app has to be back", () => {
    const events = cut();
    events.at(10_010).negotiateFails(2, null, "Failed to fetch");
    events.at(13_400).negotiateFails(3, null, "Failed to fetch");
    back(events, 20_000);
    const { steps } = onlyScenario(events);
    expect(steps.map(inShort)).toEqual([
      ...["refuse-connects", "graceful-loss", "until disconnected", "until faults-over", "until settled"],
      ...["expect recovered", "expect no-call-lost", "expect no-duplicate-connection"],
    ]);
    expect(faultsOf(events)[0]).toEqual({ name: "refuse-connects", duration: 3_500 });
  });

  it("of statuses is counted, with the Retry-After", () => {
    const events = cut();
    for (const [i, at] of [10_010, 12_100].entries()) {
      events.at(at).negotiateFails(2 + i, 429);
      const ended = events.events.at(-1);
      if (ended?.kind === "negotiate-ended") Object.assign(ended, { retryAfter: "7" });
    }
    back(events, 20_000);
    expect(faultsOf(events)).toEqual([
      { name: "negotiate-status", status: 429, retryAfter: 7, times: 2, duration: 32_500 },
      { name: "abrupt-loss" },
    ]);
    // The next try after the last 429 may come late, and should.
    expect(onlyScenario(events).steps).toContainEqual({ do: "expect", that: "recovered", within: 35_000 });
  });

  it("has its phases one after the other", () => {
    const events = cut();
    events.at(10_010).negotiateFails(2, null, "Failed to fetch").at(12_000).negotiateFails(3, 503);
    back(events, 20_000);
    expect(onlyScenario(events).steps.map(inShort).slice(0, 6)).toEqual([
      ...["refuse-connects", "graceful-loss", "until disconnected"],
      ...["until faults-over", "negotiate-status", "until faults-over"],
    ]);
  });

  it("says what is answered in another way than it was", () => {
    const events = back(cut().at(10_010).negotiateFails(2, 418), 20_000);
    const { differs = [] } = onlyScenario(events);
    expect(differs).toContain("The negotiate was answered 418; here it is answered 403.");
  });

  it("is bounded, and says so", () => {
    const events = cut();
    for (let i = 0; i < 8; i++)
      events.at(10_010 + i * 600_000).negotiateFails(2 + i, null, "Failed to fetch");
    back(events, 5_000_000);
    const { differs = [] } = onlyScenario(events);
    expect(faultsOf(events)[0]).toEqual({ name: "refuse-connects", duration: 120_000 });
    expect(differs[0]).toMatch(/^The tries to connect failed for .*; here 2 min\.$/);
  });

  it("begins with the loss, where that takes its time", () => {
    const events = lost("Server timeout elapsed without receiving a message from the server.");
    events.at(10_010).negotiateFails(2, 500);
    back(events, 20_000);
    expect(onlyScenario(events).steps.map(inShort).slice(0, 4)).toEqual([
      ...["negotiate-status as outage", "half-open", "until disconnected", "until faults-over"],
    ]);
  });
});

describe("what should have happened", () => {
  it("is that the app calls again what it called at its start", () => {
    const events = script().connected();
    events.at(500).message({ socket: 1, direction: "out", type: 1, target: "Join" });
    events.at(10_000).closed(1).state("Connected", "Reconnecting");
    back(events, 12_000);
    expect(onlyScenario(events).steps.map(inShort)).toContain("expect joined-again");
  });
});

describe("what can't be", () => {
  it("is said with what to do instead", () => {
    expect(reproduce(back(lost("Unexpected token < in JSON"), 12_000).onlyInterruption())).toEqual({
      kind: "none",
      why: "No fault changes the content of a message.",
      instead: expect.any(String) as string,
    });
  });

  it("is a connection in a frame", () => {
    const events = back(cut(), 12_000);
    const [page] = events.events;
    if (page) Object.assign(page, { top: false });
    expect(reproduce(events.onlyInterruption())).toMatchObject({ kind: "none", why: /frame or a worker/ });
  });
});

describe("what Hubscope has broken", () => {
  const injected = (): EventScript => {
    const events = script().connected().at(10_000);
    events.add(
      {
        kind: "fault",
        fault: 1,
        command: { name: "refuse-connects", target: { scope: "page" }, duration: 60_000 },
      },
      {
        kind: "fault",
        fault: 2,
        command: { name: "close-code", target: { scope: "connection", socket: 1 }, code: 1011 },
      },
    );
    events.closed(1, 1011, 2).add({ kind: "fault-ended", fault: 2, reason: "completed" });
    events.state("Connected", "Reconnecting");
    events.at(14_000).add({ kind: "fault-ended", fault: 1, reason: "undone" });
    return back(events, 15_000);
  };

  it("looks like the real thing when the faults aren't looked at", () => {
    expect(looksLike(injected().onlyInterruption()).cause).toBe("server-send-error");
  });

  it("is broken again by the same faults, for as long as they lasted, at whatever target the run has", () => {
    const again = reproduce(injected().onlyInterruption());
    expect(again).toMatchObject({ kind: "scenario", causes: ["server-send-error"] });
    expect(faultsOf(injected())).toEqual([
      { name: "refuse-connects", duration: 4_000 },
      { name: "close-code", code: 1011 },
    ]);
  });
});

describe("hostile recordings", () => {
  const check = (model: RecordingModel): void => {
    for (const hub of model.hubs)
      for (const one of downtimesOf(hub)) {
        const again = reproduce(one);
        if (again.kind === "scenario")
          expect(parseScenario(again.scenario)).toEqual(JSON.parse(JSON.stringify(again.scenario)));
        if (again.kind === "start") expect(again.faults.length).toBeGreaterThan(0);
      }
  };

  it("never make a scenario that isn't valid", () => {
    fc.assert(
      fc.property(anyRecording, (pieces) => {
        const { model, apply } = createReducer();
        for (const { page, events } of pieces) apply(page.page, events);
        check(model);
      }),
    );
    fc.assert(
      fc.property(anyLife, (events) => {
        const { model, apply } = createReducer();
        apply("p", events);
        check(model);
      }),
    );
  });
});
