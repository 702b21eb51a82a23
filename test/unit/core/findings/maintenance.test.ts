import { describe, expect, it } from "vitest";
import { resultOf } from "../../../../extension/core/diagnosis/findings/find.ts";
import type { Answer } from "../../../../extension/core/diagnosis/findings/finding.ts";
import { historiesOf } from "../../../../extension/core/diagnosis/findings/hub-history.ts";
import { script, URL_OF_HUB } from "../event-script.ts";
import { answer, foundIn, life } from "./app-life.ts";
import { realAnswer } from "./real-breaks.ts";

describe("flapping", () => {
  const id = "flapping";
  const losses = (count: number, every: number) => {
    const events = life();
    for (let n = 1; n <= count; n++) events.outage(n * every, [0]);
    return events;
  };

  it("is found with how often, and the most frequent cause", () => {
    const { severity, say } = foundIn(id, losses(6, 20_000));
    expect(severity).toBe("medium");
    expect(say).toMatch(
      /^One connection was lost 6 times within 1 min 40 s\. Most frequent cause: .+ \(\d\)\.$/,
    );
    expect(foundIn(id, losses(12, 10_000)).severity).toBe("high");
  });

  it("is OK for a few losses, or for many over a long time", () => {
    expect(answer(id, losses(3, 20_000)).answer).toBe("ok");
    expect(answer(id, losses(6, 120_000)).answer).toBe("ok");
    expect(realAnswer(id, "idle-cut.chromium").answer).toBe("ok");
  });

  it("can't be told before a connection came back", () => {
    expect(answer(id, life()).answer).toBe("cant-tell");
    expect(answer(id, life().lost(1_000)).answer).toBe("cant-tell");
  });
});

/** So many connections of a page to one hub; the server ends them with a Close, so far apart. */
function drained(count: number, apart: number, ended = count): Answer {
  const events = script().at(0).page();
  const found = {
    url: URL_OF_HUB,
    serverTimeout: 30_000,
    keepAliveInterval: 15_000,
    hasReconnectPolicy: true,
  };
  for (let hub = 1; hub <= count; hub++) {
    events.at(hub * 100).add({ kind: "hub", hub, ...found });
    events.state("Disconnected", "Connecting", undefined, hub).negotiate(hub, `id-${hub}`);
    events
      .at(hub * 100 + 10)
      .socket(hub, hub)
      .state("Connecting", "Connected", `id-${hub}`, hub);
  }
  for (let hub = 1; hub <= ended; hub++) {
    const [t, next] = [10_000 + hub * apart, 100 + hub];
    const error = "Connection closed with an error.";
    events.at(t).message({ socket: hub, direction: "in", type: 7, error, allowReconnect: true });
    events.add({ kind: "hub-lost", hub, error: `Server returned an error on close: ${error}` });
    events
      .state("Connected", "Reconnecting", undefined, hub)
      .at(t + 5)
      .closed(hub, 1000);
    events.at(t + 20).negotiate(next, `id-${next}`);
    events
      .at(t + 30)
      .socket(next, next)
      .state("Reconnecting", "Connected", `id-${next}`, hub);
  }
  const model = events.reduce();
  const [history] = historiesOf(model, model.to + 60_000);
  const { answer: given } = resultOf("drained", history!);
  if (given.answer === "error") throw new Error(given.say);
  return given;
}

describe("drained", () => {
  it("is found where the server ends connections one by one", () => {
    expect(drained(4, 2_000)).toMatchObject({
      answer: "found",
      severity: "low",
      say: "4 connections to one server ended one by one within 6 s; all are back.",
      measured: [{ value: 4 }, { value: 6_000 }, { value: 4 }],
    });
  });

  it("is OK where they end together, or for other reasons", () => {
    expect(drained(4, 10).answer).toBe("ok");
    expect(drained(4, 2_000, 2).answer).toBe("ok");
    expect(realAnswer("drained", "network-cut.chromium").answer).toBe("ok");
  });

  it("can't be told from fewer than three connections", () => {
    expect(drained(2, 2_000).answer).toBe("cant-tell");
    expect(answer("drained", life()).answer).toBe("cant-tell");
  });
});

describe("client-outdated", () => {
  const id = "client-outdated";
  const version = (clientVersion: string | undefined) => {
    const events = life();
    Object.assign(
      events.events.find(({ kind }) => kind === "negotiate")!,
      { clientVersion },
    );
    return events;
  };

  it("is found with what it lacks", () => {
    const { severity, say } = foundIn(id, version("7.0.14"));
    expect(severity).toBe("low");
    expect(say).toMatch(/^The client is version 7\.0\.14\. It lacks stateful reconnect, .*at stop\(\)\.$/);
    const old = foundIn(id, version("5.0.17"));
    expect(old.severity).toBe("medium");
    expect(old.say).toContain("client results");
  });

  it("is OK for a current one, and doesn't apply to Blazor", () => {
    expect(answer(id, version("8.0.7")).answer).toBe("ok");
    expect(answer(id, life()).answer).toBe("ok");
    expect(realAnswer(id, "blazor-connection-cut.chromium").answer).toBe("not-applicable");
  });

  it("can't be told where the client doesn't tell its version", () => {
    expect(answer(id, version(undefined)).answer).toBe("cant-tell");
    expect(realAnswer(id, "server-killed-no-negotiate.chromium").answer).toBe("cant-tell");
  });
});
