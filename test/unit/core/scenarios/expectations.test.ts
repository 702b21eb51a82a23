import { describe, expect, it } from "vitest";
import { EXPECTATIONS, judge } from "../../../../extension/core/scenarios/expectations.ts";
import { START, URL_OF_HUB } from "../event-script.ts";
import { BEGIN, trial, LOSS, page, statefulTrial } from "./judged.ts";

const RECOVERED = { that: "recovered", within: 5_000 } as const;

describe("connection id", () => {
  const back = (id: string) =>
    trial()
      .fault(BEGIN, LOSS)
      .lost(BEGIN + 10)
      .back(BEGIN + 500, 2, id);

  it.each([
    ["id-1", "pass", "fail"],
    ["id-2", "fail", "pass"],
  ] as const)(
    "that is %s afterwards: %s if the same id is expected, %s if a new one is expected",
    (id, same, renewed) => {
      expect(back(id).judge({ that: "same-connection-id" }, BEGIN + 5_000).verdict).toBe(same);
      expect(back(id).judge({ that: "new-connection-id" }, BEGIN + 5_000).verdict).toBe(renewed);
    },
  );

  it("gives fail if the connection gave up, and no verdict without a loss or before its end", () => {
    const gaveUp = trial()
      .lost(BEGIN + 10)
      .at(BEGIN + 50)
      .state("Reconnecting", "Disconnected");
    expect(gaveUp.judge({ that: "same-connection-id" }, BEGIN + 5_000).verdict).toBe("fail");
    expect(trial().judge({ that: "same-connection-id" }, BEGIN + 5_000).verdict).toBe("cant-tell");
    expect(
      trial()
        .lost(BEGIN + 10)
        .judge({ that: "new-connection-id" }, BEGIN + 50).verdict,
    ).toBe("cant-tell");
  });
});

describe("groups joined again", () => {
  const JOINED = { that: "joined-again", within: 3_000 } as const;
  const joins = (tried = trial()) =>
    tried
      .at(100)
      .message({ socket: 1, direction: "out", type: 1, target: "JoinBoard", invocationId: "1" })
      .message({ socket: 1, direction: "in", type: 3, invocationId: "1" })
      .lost(BEGIN + 10)
      .back(BEGIN + 500, 2, "id-2");

  it("passes when the calls of the start are made again", () => {
    const judged = joins()
      .at(BEGIN + 600)
      .message({ socket: 2, direction: "out", type: 1, target: "JoinBoard", invocationId: "2" })
      .at(BEGIN + 5_000)
      .message({ socket: 2, direction: "in", type: 6 })
      .judge(JOINED, BEGIN + 5_000);
    expect(judged).toMatchObject({ verdict: "pass", measured: { value: 0, unit: "count" } });
  });

  it("fails when they are not, and names them", () => {
    const judged = joins()
      .at(BEGIN + 5_000)
      .message({ socket: 2, direction: "in", type: 6 })
      .judge(JOINED, BEGIN + 5_000);
    expect(judged).toMatchObject({
      verdict: "fail",
      measured: { value: 1 },
      say: "1 method called at the start but not repeated: JoinBoard.",
      evidence: [{ t: START + BEGIN + 500, text: "Not repeated: JoinBoard", key: "p!1" }],
    });
  });

  it("has no verdict too early, without calls, or without a loss", () => {
    const early = joins()
      .at(BEGIN + 2_000)
      .message({ socket: 2, direction: "in", type: 6 });
    expect(early.judge(JOINED, BEGIN + 2_000).verdict).toBe("cant-tell");
    expect(
      trial()
        .lost(BEGIN + 10)
        .back(BEGIN + 500, 2, "id-2")
        .judge(JOINED, BEGIN + 9_000).verdict,
    ).toBe("cant-tell");
    expect(trial().judge(JOINED, BEGIN + 9_000).verdict).toBe("cant-tell");
  });

  it("need no repeated calls with the same id", () => {
    const same = trial()
      .lost(BEGIN + 10)
      .back(BEGIN + 500, 2, "id-1");
    expect(same.judge(JOINED, BEGIN + 9_000).verdict).toBe("pass");
  });
});

describe("no call lost unnoticed", () => {
  const CALLS = { that: "no-call-lost" } as const;
  const called = () =>
    trial()
      .at(BEGIN)
      .message({ socket: 1, direction: "out", type: 1, target: "Save", invocationId: "7" })
      .lost(BEGIN + 10);

  it("passes when the client rejects what was in flight", () => {
    const judged = called()
      .back(BEGIN + 500, 2, "id-2")
      .judge(CALLS, BEGIN + 5_000);
    expect(judged).toMatchObject({ verdict: "pass", measured: { value: 0 } });
    expect(judged.evidence).toMatchObject([{ text: "Save: lost", key: "p!1" }]);
  });

  it("fails when a call is still pending after a resume", () => {
    const judged = statefulTrial()
      .at(BEGIN)
      .message({ socket: 1, direction: "out", type: 1, target: "Save", invocationId: "7" })
      .at(BEGIN + 10)
      .closed(1)
      .resumed(BEGIN + 500, 2)
      .judge(CALLS, BEGIN + 5_000);
    expect(judged).toMatchObject({
      verdict: "fail",
      measured: { value: 1 },
      say: "1 call of 1 in flight at the loss is still pending.",
    });
  });

  it("warns about sends that a fault swallowed", () => {
    const judged = trial()
      .fault(BEGIN, { name: "half-open", target: page }, 30_000)
      .at(BEGIN + 100)
      .message({ socket: 1, direction: "out", type: 1, target: "Move", fault: 1, swallowed: true })
      .lost(BEGIN + 29_000)
      .back(BEGIN + 31_000, 2, "id-2")
      .judge(CALLS, BEGIN + 40_000);
    expect(judged).toMatchObject({ verdict: "warn", measured: { value: 1 } });
    expect(judged.evidence).toMatchObject([{ text: "Move: lost" }]);
  });

  it("has no verdict without a loss", () => {
    expect(trial().judge(CALLS, BEGIN + 5_000).verdict).toBe("cant-tell");
  });
});

describe("no duplicate connection", () => {
  const SINGLE = { that: "no-duplicate-connection" } as const;

  it("passes for a connection that reconnects", () => {
    const judged = trial()
      .lost(BEGIN + 10)
      .back(BEGIN + 500, 2, "id-2")
      .judge(SINGLE, BEGIN + 5_000);
    expect(judged).toMatchObject({ verdict: "pass", measured: { value: 0 } });
  });

  it("fails when the app starts a second one beside it", () => {
    const twice = trial().lost(BEGIN + 10);
    twice
      .at(BEGIN + 100)
      .hub(2)
      .state("Disconnected", "Connecting", undefined, 2)
      .negotiate(2, "id-2")
      .socket(2, 2)
      .state("Connecting", "Connected", "id-2", 2);
    twice.back(BEGIN + 500, 3, "id-3");
    expect(twice.judge(SINGLE, BEGIN + 5_000)).toMatchObject({
      verdict: "fail",
      measured: { value: 1 },
      say: `2 connections to ${URL_OF_HUB}, instead of 1.`,
      evidence: [{ t: START + BEGIN + 500 }],
    });
  });

  it("has no verdict without connections, or for another hub", () => {
    expect(trial().judge(SINGLE, BEGIN, "https://board.example/hubs/other").verdict).toBe("cant-tell");
  });
});

describe("short gap for users", () => {
  const GAP = { that: "visible-gap", most: 4_000 } as const;
  const gap = (length: number) =>
    trial()
      .lost(BEGIN + 10)
      .back(BEGIN + 10 + length, 2, "id-2");

  it.each([
    [3_000, "pass"],
    [5_000, "warn"],
    [7_000, "fail"],
  ] as const)("of %d ms: %s", (length, verdict) => {
    expect(gap(length).judge(GAP, BEGIN + 20_000)).toMatchObject({ verdict, measured: { value: length } });
  });

  it("adds up several gaps, and grows during a gap", () => {
    const twice = gap(3_000).lost(BEGIN + 10_000, 2);
    const judged = twice.judge(GAP, BEGIN + 13_000);
    expect(judged).toMatchObject({ verdict: "fail", measured: { value: 6_000 } });
    expect(judged.say).toMatch(/in 2 gaps so far/);
  });

  it("distinguishes what a half-open connection swallowed", () => {
    const judged = trial()
      .fault(BEGIN, { name: "half-open", target: page }, 30_000)
      .lost(BEGIN + 29_000)
      .back(BEGIN + 31_000, 2, "id-2")
      .judge(GAP, BEGIN + 40_000);
    expect(judged).toMatchObject({ verdict: "pass", measured: { value: 2_000 } });
    expect(judged.say).toMatch(/29 s of silence/);
  });
});

describe("a stateful reconnect", () => {
  const resumed = () =>
    statefulTrial()
      .fault(BEGIN, LOSS)
      .at(BEGIN + 10)
      .closed(1)
      .resumed(BEGIN + 2_010, 2);

  it("counts as a network loss, but not as a gap for users", () => {
    expect(resumed().judge(RECOVERED, BEGIN + 9_000)).toMatchObject({
      verdict: "pass",
      measured: { value: 2_000 },
    });
    expect(resumed().judge({ that: "visible-gap", most: 1_000 }, BEGIN + 9_000)).toMatchObject({
      verdict: "pass",
      measured: { value: 0 },
      say: "No visible downtime; plus 2 s bridged by stateful reconnect.",
    });
  });

  it("keeps its id, so that groups needn't be joined again", () => {
    expect(resumed().judge({ that: "same-connection-id" }, BEGIN + 9_000).verdict).toBe("pass");
    expect(resumed().judge({ that: "joined-again", within: 3_000 }, BEGIN + 9_000).verdict).toBe("pass");
  });
});

describe("stays connected", () => {
  it("passes without a loss, and fails with one", () => {
    expect(trial().judge({ that: "stays-connected" }, BEGIN + 9_000).verdict).toBe("pass");
    const lost = trial()
      .lost(BEGIN + 10)
      .back(BEGIN + 20, 2, "id-2");
    expect(lost.judge({ that: "stays-connected" }, BEGIN + 9_000)).toMatchObject({
      verdict: "fail",
      measured: { value: 1 },
    });
  });
});

describe("an expectation that throws", () => {
  it("gives an error and no verdict", () => {
    const broken = { model: null as never, from: 0, to: 1, faults: [], hub: null };
    for (const that of Object.keys(EXPECTATIONS)) {
      const judged = judge(broken, { that, within: 1, most: 1 } as never);
      expect(judged.verdict).toBe("error");
      expect(judged.say).toMatch(/could not be evaluated/);
    }
  });
});
