/** Runs every built-in scenario against an app that does everything right, and against one that gives up. */
import { describe, expect, it } from "vitest";
import type { FaultName } from "../../../../extension/core/faults/vocabulary.ts";
import { BUILT_IN_SCENARIOS } from "../../../../extension/core/scenarios/built-ins.ts";
import { runScenario } from "../../../../extension/core/scenarios/run.ts";
import { FakeTab } from "./fake-tab.ts";

const BREAKS: readonly FaultName[] = [
  "offline",
  "server-close",
  "graceful-loss",
  "abrupt-loss",
  "miss-window",
  "drain",
];
const REFUSES: readonly FaultName[] = [
  "offline",
  "refuse-connects",
  "refuse-token",
  "block-event-streams",
  "suspend",
];
const TRY_EVERY = 400;

/** An app that retries until it is connected, and joins its board again. Its connection id stays the same only after a resume. */
function patientApp(tab: FakeTab, resumes: boolean): void {
  let ids = 1;
  let throttled = 0;
  let trying = false;
  const attempt = (): void => {
    const running = tab.running();
    const throttle = tab.commands.findLastIndex(({ name }) => name === "negotiate-status");
    if (running.includes("negotiate-status") && ++throttled > 3) {
      throttled = 0;
      void tab.ports.end("p", throttle + 1);
    }
    if (tab.running().some((name) => REFUSES.includes(name) || name === "negotiate-status")) {
      tab.later(TRY_EVERY, attempt);
      return;
    }
    trying = false;
    tab.reconnect(resumes ? "id-1" : `id-${++ids}`);
    tab.later(50, () => tab.join());
  };
  const lost = (): void => {
    if (trying) return;
    trying = true;
    tab.lose();
    tab.later(TRY_EVERY, attempt);
  };
  tab.onFault = ({ command }) => {
    if (BREAKS.includes(command.name)) lost();
    if (command.name === "suspend") tab.later(command.duration, lost);
  };
}

function hastyApp(tab: FakeTab): void {
  tab.onFault = ({ command }) => {
    const lose = (): void => {
      if (!tab.up) return;
      tab.lose();
      tab.later(100, () => tab.giveUp());
    };
    if (BREAKS.includes(command.name)) lose();
    if (command.name === "suspend") tab.later(command.duration, lose);
  };
}

/** A page that has what the scenario needs. */
const openTab = ({ needs }: (typeof BUILT_IN_SCENARIOS)[number]): FakeTab =>
  new FakeTab().connected({ stateful: true, token: true, circuit: needs?.includes("circuit") === true });

const run = (scenario: (typeof BUILT_IN_SCENARIOS)[number], tab: FakeTab, speed: "real" | "quick") =>
  tab.play(runScenario(scenario, tab.ports, { target: { scope: "page" }, speed, browser: "firefox" }));

describe.each(["real", "quick"] as const)("at %s speed", (speed) => {
  it.each(BUILT_IN_SCENARIOS.map((one) => [one.name, one] as const))(
    "%s finds no problem in an app that does everything right",
    async (name, scenario) => {
      const tab = openTab(scenario);
      tab.joinAtStart();
      patientApp(tab, name === "stateful-window-hit");
      const result = await run(scenario, tab, speed);
      const { expectations, missed } = result;
      expect(missed).toEqual([]);
      // This app makes one attempt per loss, always after the same delay: too little for a verdict about jitter.
      const others = expectations.filter(({ that }) => that !== "retries-jittered");
      expect(others.map(({ that, verdict, say }) => ({ that, verdict, say }))).toEqual(
        others.map(({ that, say }) => ({ that, verdict: "pass", say })),
      );
      expect(tab.running()).toEqual([]);
      expect(tab.commands.length).toBeGreaterThan(0);
    },
  );
});

it.each(
  BUILT_IN_SCENARIOS.filter(({ name }) => name !== "idle-timeout").map((one) => [one.name, one] as const),
)("%s fails an app that gives up", async (_name, scenario) => {
  const tab = openTab(scenario);
  hastyApp(tab);
  const result = await run(scenario, tab, "real");
  expect(result.verdict).toBe("fail");
  expect(result.expectations.find(({ that }) => that === "recovered")?.say).toMatch(/gave up/);
  expect(tab.running()).toEqual([]);
});
