import { describe, expect, it } from "vitest";
import { START } from "../event-script.ts";
import { BEGIN, trial, LOSS, OFFLINE, page } from "./judged.ts";

const RECOVERED = { that: "recovered", within: 5_000 } as const;

describe("recovered in time", () => {
  const offline = () =>
    trial()
      .fault(BEGIN, OFFLINE, 5_000)
      .lost(BEGIN + 10);

  it.each([
    [8_000, "pass", 3_000],
    [14_000, "warn", 9_000],
    [16_000, "fail", 11_000],
  ] as const)("back after %d ms: %s", (after, verdict, took) => {
    const judged = offline()
      .back(BEGIN + after, 2, "id-2")
      .judge(RECOVERED, BEGIN + 20_000);
    expect(judged).toMatchObject({ verdict, measured: { value: took, unit: "ms" } });
    expect(judged.evidence.map(({ t, text }) => [t - START - BEGIN, text])).toEqual([
      [10, "Connection lost"],
      [5_000, "Cause ended"],
      [after, "Connected again"],
    ]);
    expect(judged.evidence[0]?.key).toBe("p!1");
  });

  it("counts from the end of the latest cause, and never below zero", () => {
    const early = trial()
      .fault(BEGIN, { name: "block-websockets", target: page, duration: 60_000 }, 60_000)
      .fault(BEGIN + 10, LOSS)
      .lost(BEGIN + 20)
      .back(BEGIN + 900, 2, "id-2");
    expect(early.judge(RECOVERED, BEGIN + 5_000)).toMatchObject({ verdict: "pass", measured: { value: 0 } });
  });

  it("reports the worst of several losses", () => {
    const judged = trial()
      .fault(BEGIN, LOSS)
      .lost(BEGIN + 1)
      .back(BEGIN + 1_001, 2, "id-2")
      .fault(BEGIN + 10_000, LOSS)
      .lost(BEGIN + 10_000, 2)
      .back(BEGIN + 16_000, 3, "id-3")
      .judge(RECOVERED, BEGIN + 20_000);
    expect(judged).toMatchObject({ verdict: "warn", measured: { value: 6_000 } });
    expect(judged.say).toMatch(/lost 2 times/);
  });

  it("recognises giving up, even if the client reported the loss a moment before its state changed", () => {
    const judged = trial()
      .fault(BEGIN, LOSS)
      .at(BEGIN + 10)
      .add({
        kind: "hub-lost",
        hub: 1,

        error: "WebSocket closed with status code: 1006 ().",
      })
      .closed(1)
      .at(BEGIN + 11)
      .state("Connected", "Disconnected")
      .judge(RECOVERED, BEGIN + 1_000);
    expect(judged).toMatchObject({ verdict: "fail", measured: null });
    expect(judged.say).toMatch(/gave up/);
    expect(judged.evidence[0]).toMatchObject({ text: "Connection lost", key: "p!1" });
  });

  it("fails for a connection that gave up, or doesn't reconnect", () => {
    const gaveUp = offline()
      .at(BEGIN + 6_000)
      .state("Reconnecting", "Disconnected")
      .judge(RECOVERED, BEGIN + 7_000);
    expect(gaveUp).toMatchObject({ verdict: "fail", measured: null });
    expect(gaveUp.say).toMatch(/gave up/);
    expect(offline().judge(RECOVERED, BEGIN + 10_000)).toMatchObject({ verdict: "fail", measured: null });
  });

  it("has no verdict if the run ends too early, or while the cause is active", () => {
    expect(offline().judge(RECOVERED, BEGIN + 9_000).verdict).toBe("cant-tell");
    const lasting = trial()
      .fault(BEGIN, OFFLINE)
      .lost(BEGIN + 10);
    expect(lasting.judge(RECOVERED, BEGIN + 90_000)).toMatchObject({
      verdict: "cant-tell",
      say: "Evaluated before the cause ended.",
    });
  });

  it("treats a new client object, and a reloaded page, as the same hub", () => {
    const restarted = trial()
      .fault(BEGIN, LOSS)
      .lost(BEGIN + 10);
    restarted
      .at(BEGIN + 100)
      .state("Reconnecting", "Disconnected")
      .hub(2)
      .state("Disconnected", "Connecting", undefined, 2)
      .negotiate(2, "id-2")
      .socket(2, 2)
      .at(BEGIN + 2_000)
      .state("Connecting", "Connected", "id-2", 2);
    expect(restarted.judge(RECOVERED, BEGIN + 9_000)).toMatchObject({
      verdict: "pass",
      measured: { value: 1_990 },
    });
  });

  it("passes for a connection that was never lost", () => {
    expect(trial().judge(RECOVERED, BEGIN + 9_000)).toMatchObject({
      verdict: "pass",
      measured: { value: 0 },
    });
  });
});
