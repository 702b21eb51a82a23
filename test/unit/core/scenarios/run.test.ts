import { describe, expect, it } from "vitest";
import { runScenario, type Progress, type RunOptions } from "../../../../extension/core/scenarios/run.ts";
import type { Scenario, Step } from "../../../../extension/core/scenarios/scenario.ts";
import { FakeTab } from "./fake-tab.ts";

const OPTIONS: RunOptions = { target: { scope: "page" }, speed: "real", browser: "chromium" };

const scenario = (...steps: Step[]): Scenario => ({
  scenario: 1,
  name: "drill",
  title: "Drill",
  say: "A drill.",
  steps,
});

describe("a scenario", () => {
  it("injects its faults, waits for the effects, and judges them", async () => {
    const tab = new FakeTab().connected();
    tab.onFault = ({ command }) => {
      if (command.name !== "offline") return;
      tab.lose();
      tab.later(7_000, () => tab.reconnect("id-2"));
    };
    const told: Progress[] = [];
    const result = await tab.play(
      runScenario(
        scenario(
          { do: "inject", fault: { name: "offline", duration: 5_000 } },
          { do: "wait", for: "disconnected", limit: 1_000 },
          { do: "wait", for: "settled", limit: 30_000 },
          { do: "expect", that: "recovered", within: 5_000 },
          { do: "expect", that: "visible-gap", most: 5_000 },
        ),
        tab.ports,
        OPTIONS,
        (progress) => told.push(progress),
      ),
    );
    expect(
      result.expectations.map(({ that, verdict, measured }) => [that, verdict, measured?.value]),
    ).toEqual([
      ["recovered", "pass", 2_000],
      ["visible-gap", "warn", 7_000],
    ]);
    expect(result).toMatchObject({ verdict: "warn", why: null, missed: [], shortened: [] });
    expect(result.faults).toEqual([
      { page: "p", fault: 1, name: "offline", from: tab.start, until: tab.start + 5_000 },
    ]);
    expect(told.map(({ step, say }) => `${step} ${say}`)).toEqual([
      "0 Offline, 5 s",
      "1 Wait until the connection is lost, at most 1 s",
      "2 Wait until it is connected or has given up, at most 30 s",
      "3 Expect: recovered in time",
      "4 Expect: short downtime for users",
    ]);
  });

  it("continues after a wait that reached its limit, and then isn't a clean pass", async () => {
    const tab = new FakeTab().connected();
    const result = await tab.play(
      runScenario(
        scenario(
          { do: "inject", fault: { name: "drop-pings", direction: "in", duration: 60_000 } },
          { do: "wait", for: "disconnected", limit: 3_000 },
          { do: "expect", that: "stays-connected" },
        ),
        tab.ports,
        OPTIONS,
      ),
    );
    expect(result.verdict).toBe("warn");
    expect(result.why).toMatch(/a step timed out/i);
    expect(result.missed).toEqual([
      { step: 1, at: tab.start + 3_000, say: "disconnected did not come within 3 s" },
    ]);
  });

  it("ends its faults as soon as it is over", async () => {
    const tab = new FakeTab().connected();
    await tab.play(
      runScenario(
        scenario(
          { do: "inject", fault: { name: "latency", direction: "both", delay: 100, duration: 60_000 } },
          { do: "inject", fault: { name: "half-open" } },
          { do: "pause", time: 1_000 },
          { do: "expect", that: "stays-connected" },
        ),
        tab.ports,
        OPTIONS,
      ),
    );
    expect(tab.running()).toEqual([]);
    expect(tab.now - tab.start).toBeLessThan(2_000);
  });

  it("can end one of several faults early", async () => {
    const tab = new FakeTab().connected();
    let between: unknown;
    tab.later(2_000, () => (between = tab.running()));
    await tab.play(
      runScenario(
        scenario(
          { do: "inject", fault: { name: "block-websockets", duration: 60_000 }, as: "proxy" },
          { do: "inject", fault: { name: "drop-pings", direction: "in", duration: 60_000 } },
          { do: "pause", time: 1_000 },
          { do: "end", fault: "proxy" },
          { do: "pause", time: 3_000 },
          { do: "expect", that: "stays-connected" },
        ),
        tab.ports,
        OPTIONS,
      ),
    );
    expect(between).toEqual(["drop-pings"]);
    expect(tab.running()).toEqual([]);
  });

  it.each([0, 500, 1_500, 3_000])("can be stopped after %d ms, and leaves the page clean", async (after) => {
    const tab = new FakeTab().connected();
    tab.later(after, () => tab.stop());
    const result = await tab.play(
      runScenario(
        scenario(
          { do: "pause", time: 1_000 },
          { do: "inject", fault: { name: "offline", duration: 60_000 } },
          { do: "wait", for: "disconnected", limit: 1_000 },
          { do: "wait", for: "faults-over", limit: 60_000 },
          { do: "expect", that: "stays-connected" },
        ),
        tab.ports,
        OPTIONS,
      ),
    );
    expect(result).toMatchObject({ verdict: "stopped", expectations: [] });
    expect(tab.running()).toEqual([]);
    expect(tab.now - tab.start).toBe(after);
  });

  it("ends when stopped while the page doesn't answer, and so does a fault that is confirmed later", async () => {
    const tab = new FakeTab().connected();
    tab.answerAfter = 10_000;
    tab.later(1_000, () => tab.stop());
    const result = await tab.play(
      runScenario(
        scenario({ do: "inject", fault: { name: "offline", duration: 60_000 } }),
        tab.ports,
        OPTIONS,
      ),
    );
    expect(result.verdict).toBe("stopped");
    expect(tab.now - tab.start).toBe(3_000);
    await tab.wait(8_000);
    expect(tab.running()).toEqual([]);
  });

  it("whose fault is rejected reports that", async () => {
    const tab = new FakeTab().connected();
    tab.refuses = "No SignalR connection is open on this page.";
    const result = await tab.play(
      runScenario(
        scenario(
          { do: "inject", fault: { name: "abrupt-loss" } },
          { do: "expect", that: "recovered", within: 1_000 },
        ),
        tab.ports,
        OPTIONS,
      ),
    );
    expect(result).toMatchObject({
      verdict: "error",
      why: "abrupt-loss: No SignalR connection is open on this page.",
      expectations: [],
    });
  });

  it("continues if the app has not reconnected for the next fault, and leaves the verdict to the expectations", async () => {
    const tab = new FakeTab().connected();
    tab.onFault = () => {
      tab.lose();
      tab.giveUp();
      tab.refuses = "No SignalR connection is open on this page.";
    };
    const result = await tab.play(
      runScenario(
        scenario(
          { do: "inject", fault: { name: "graceful-loss" } },
          { do: "wait", for: "settled", limit: 20_000 },
          { do: "inject", fault: { name: "half-open" }, as: "again" },
          { do: "end", fault: "again" },
          { do: "expect", that: "recovered", within: 1_000 },
        ),
        tab.ports,
        OPTIONS,
      ),
    );
    expect(result).toMatchObject({
      verdict: "fail",
      missed: [{ step: 2, say: "half-open: No SignalR connection is open on this page." }],
    });
    expect(result.expectations[0]?.say).toMatch(/gave up/);
  });

  it("injects into one hub only, if the fault can have a hub as its target", async () => {
    const tab = new FakeTab().connected();
    const hub = { scope: "hub", url: "https://board.example/hubs/board" } as const;
    await tab.play(
      runScenario(
        scenario(
          { do: "inject", fault: { name: "refuse-connects", duration: 1_000 } },
          { do: "inject", fault: { name: "offline", duration: 1_000 } },
          { do: "expect", that: "stays-connected" },
        ),
        tab.ports,
        { ...OPTIONS, target: hub },
      ),
    );
    expect(tab.commands.map(({ target }) => target)).toEqual([hub, { scope: "page" }]);
  });

  it("reports what a quick run shortened", async () => {
    const tab = new FakeTab().connected();
    const result = await tab.play(
      runScenario(
        scenario(
          { do: "inject", fault: { name: "suspend", duration: 60_000 }, quick: { duration: 6_000 } },
          { do: "pause", time: 20_000, quick: 2_000 },
          { do: "expect", that: "stays-connected" },
        ),
        tab.ports,
        { ...OPTIONS, speed: "quick" },
      ),
    );
    expect(tab.commands).toMatchObject([{ name: "suspend", duration: 6_000 }]);
    expect(result.shortened).toEqual([
      "suspend: duration 6 s instead of 1 min",
      "a pause of 2 s instead of 20 s",
    ]);
    expect(tab.now - tab.start).toBeLessThan(5_000);
  });

  it.each([
    ["stateful", /stateful reconnect/],
    ["token", /access token/],
  ] as const)("that needs %s does not apply without that, and injects nothing", async (need, why) => {
    const tab = new FakeTab().connected();
    const result = await tab.play(
      runScenario(
        { ...scenario({ do: "inject", fault: { name: "abrupt-loss" } }), needs: [need] },
        tab.ports,
        OPTIONS,
      ),
    );
    expect(result.verdict).toBe("not-applicable");
    expect(result.why).toMatch(why);
    expect(tab.commands).toEqual([]);
  });

  it("does not apply to a page without a connection, or if it has a fault that only the other browser supports", async () => {
    const idle = new FakeTab();
    const trial = scenario({ do: "inject", fault: { name: "suspend-in-cache", duration: 1_000 } });
    expect((await idle.play(runScenario(trial, idle.ports, OPTIONS))).verdict).toBe("not-applicable");
    const tab = new FakeTab().connected();
    const result = await tab.play(runScenario(trial, tab.ports, { ...OPTIONS, browser: "firefox" }));
    expect(result).toMatchObject({ verdict: "not-applicable", why: "Available in Chromium only." });
  });

  it("waits a while after an app has given up, as many apps then start a new connection", async () => {
    const tab = new FakeTab().connected();
    tab.onFault = () => {
      tab.lose();
      tab.later(1_000, () => tab.giveUp());
      tab.later(6_000, () => tab.startAnew("id-2"));
    };
    const result = await tab.play(
      runScenario(
        scenario(
          { do: "inject", fault: { name: "abrupt-loss" } },
          { do: "wait", for: "disconnected", limit: 1_000 },
          { do: "wait", for: "settled", limit: 30_000 },
          { do: "expect", that: "recovered", within: 10_000 },
        ),
        tab.ports,
        OPTIONS,
      ),
    );
    expect(result.expectations).toMatchObject([{ verdict: "pass", measured: { value: 6_000 } }]);
  });

  it("fails an app that gave up for good", async () => {
    const tab = new FakeTab().connected();
    tab.onFault = () => {
      tab.lose();
      tab.later(1_000, () => tab.giveUp());
    };
    const result = await tab.play(
      runScenario(
        scenario(
          { do: "inject", fault: { name: "abrupt-loss" } },
          { do: "wait", for: "settled", limit: 5_000 },
          { do: "wait", for: "disconnected", limit: 1_000 },
          { do: "wait", for: "settled", limit: 30_000 },
          { do: "expect", that: "recovered", within: 10_000 },
        ),
        tab.ports,
        OPTIONS,
      ),
    );
    expect(result).toMatchObject({ verdict: "fail" });
    expect(result.expectations[0]?.say).toMatch(/gave up/);
    expect(tab.now - tab.start).toBeLessThan(13_000);
  });
});
