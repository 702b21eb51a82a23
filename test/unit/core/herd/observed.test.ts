import { describe, expect, it } from "vitest";
import { observe } from "../../../../extension/core/herd/observed.ts";
import { BEGIN, Trial, trial } from "../scenarios/judged.ts";

/** Losses, each with the delays that the policy planned; the last attempt succeeds, unless the policy gives up. */
function losses(tried: Trial, waits: readonly (readonly number[])[], givesUp = false) {
  for (const [i, delays] of waits.entries()) {
    let t = BEGIN + i * 100_000;
    tried.lost(t, i + 1);
    for (const [n, delay] of delays.entries()) {
      tried.retry(t, n, delay);
      t += delay;
      if (n < delays.length - 1 || givesUp) {
        tried.at(t).negotiateFails(100 + i * 20 + n, 503);
        t += 40;
      }
    }
    if (givesUp) tried.retry(t, delays.length, null).at(t).state("Reconnecting", "Disconnected");
    else tried.back(t, i + 2, `id-${i + 2}`);
  }
  return observe(tried.reduce().hubs[0]!);
}

describe("a policy observed", () => {
  it("is the client's default if it begins like that", () => {
    expect(losses(trial(), [[0, 2_000]]).policy).toEqual({
      value: { kind: "list", delays: [0, 2_000, 10_000, 30_000], then: "give-up", jitter: "none" },
      losses: 1,
      known: "planned",
      end: "default",
      varied: false,
    });
  });

  it("gives up if it was seen to", () => {
    expect(losses(trial(), [[100, 700]], true).policy).toMatchObject({
      value: { delays: [100, 700], then: "give-up" },
      end: "seen",
    });
  });

  it("is assumed to repeat its last delay otherwise", () => {
    expect(losses(trial(), [[1_000], [1_000, 3_000]]).policy).toMatchObject({
      value: { delays: [1_000, 3_000], then: "repeat", jitter: "none" },
      losses: 2,
      end: "assumed",
    });
  });

  it("has jitter if the delays differ, with the longest ones", () => {
    expect(losses(trial(), [[412.5], [977.25], [38]]).policy).toMatchObject({
      value: { delays: [977], jitter: "full" },
      varied: true,
    });
  });

  it("is none if the client has none", () => {
    const tried = new Trial().at(0).page().hub(1, false);
    tried.state("Disconnected", "Connecting").negotiate(1, "id-1").socket(1, 1);
    expect(observe(tried.reduce().hubs[0]!).policy?.value.delays).toEqual([]);
  });

  it("isn't known before the first retry", () => {
    expect(observe(trial().reduce().hubs[0]!).policy).toBeNull();
  });

  it("is what the client waited, without the probe", () => {
    const tried = new Trial().connected(false);
    tried.at(BEGIN).closed(1);
    tried
      .at(BEGIN + 2_031)
      .negotiate(2, "id-2")
      .socket(2, 2);
    expect(observe(tried.reduce().hubs[0]!).policy).toMatchObject({
      known: "actual",
      value: { delays: [2_000] },
    });
  });
});

it("observes the times of attempts that succeeded and of those that were refused", () => {
  const tried = trial();
  tried.lost(BEGIN).retry(BEGIN, 0, 0).at(BEGIN).add({
    kind: "negotiate",
    request: 7,
    url: "https://board.example/hubs/board/negotiate?negotiateVersion=1",
    api: "fetch",
    askedStatefulReconnect: false,
  });
  tried.at(BEGIN + 70).add({ kind: "negotiate-ended", request: 7, status: 429 });
  tried
    .retry(BEGIN + 71, 1, 2_000)
    .at(BEGIN + 2_071)
    .negotiate(8, "id-8");
  tried
    .at(BEGIN + 2_200)
    .socket(2, 8)
    .at(BEGIN + 2_310)
    .state("Reconnecting", "Connected", "id-8");
  const { connectTime, refusalTime, azure } = observe(tried.reduce().hubs[0]!);
  expect(connectTime).toMatchObject({ value: { to: 239 }, attempts: 2 });
  expect(refusalTime).toEqual({ value: 70, attempts: 1 });
  expect(azure).toBe(false);
});
