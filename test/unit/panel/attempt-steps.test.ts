import { describe, expect, it } from "vitest";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import type { AttemptModel, HubConnectionModel } from "../../../extension/core/model/types.ts";
import { attemptSteps, failedTransports, isLadder } from "../../../extension/wording/attempt-steps.ts";
import { resumeFacts, windowLeft } from "../../../extension/wording/resume-facts.ts";
import { endShort, isSameId, transportName } from "../../../extension/wording/transport-name.ts";
import { unrecordedOf } from "../../../extension/wording/unrecorded.ts";
import { WIRE_SECONDS, wireRecording } from "../../../panel/fixture/wire.ts";

const START = Date.UTC(2026, 10, 24, 10, 0, 0);
const reducer = createReducer();
reducer.apply("page", wireRecording(START));
const { model } = reducer;
const NOW = START + WIRE_SECONDS * 1000;

const hubAt = (path: string): HubConnectionModel => model.hubs.find((hub) => hub.path === path)!;
const wordsOf = (hub: HubConnectionModel, attempt: AttemptModel): string[] =>
  attemptSteps(attempt, hub).map(({ name, result, tag, text }) => [name, result, tag, text].join(" | "));

describe("the steps of an attempt", () => {
  it("name every transport that was tried, with what webRequest reported", () => {
    const hub = hubAt("/hubs/prices");
    const [start] = hub.attempts;
    expect(wordsOf(hub, start!)).toEqual([
      "Negotiate | ok | 200 | version 1",
      "WebSocket | failed | 502 | upgrade rejected with 502, code 1006, Retry-After 30 s ignored by the client",
      "Negotiate | ok | 200 | version 1",
      "Event stream | failed | failed | the browser gives no reason",
      "Negotiate | ok | 200 | version 1",
      "Long polling | ok |  | connected",
    ]);
    const steps = attemptSteps(start!, hub);
    expect(isLadder(steps)).toBe(true);
    expect(failedTransports(steps)).toHaveLength(2);
    // A fallback is no further attempt.
    expect(hub.attempts.map(({ origin, number }) => `${origin} ${number}`)).toEqual([
      "start 1",
      "retry 1",
      "retry 2",
    ]);
  });

  it("show the app's negotiate, then the service's, and note that Retry-After of a throttled one is ignored", () => {
    const hub = hubAt("/hubs/orders");
    expect(wordsOf(hub, hub.attempts[0]!)).toEqual([
      "Negotiate | ok | redirected | to board.service.signalr.net",
      "Negotiate (redirected) | ok | 200 | version 1",
      "WebSocket | ok |  | connected",
    ]);
    expect(wordsOf(hub, hub.attempts[1]!)).toEqual([
      "Negotiate | ok | redirected | to board.service.signalr.net",
      "Negotiate (redirected) | failed | 429 | Too many requests, Retry-After 7 s ignored by the client",
    ]);
    expect(hub.hosting?.kind).toBe("azure-default");
  });

  it("are a single one when a simple attempt connects or gets no answer", () => {
    const hub = hubAt("/hubs/direct");
    expect(wordsOf(hub, hub.attempts[0]!)).toEqual(["WebSocket | ok |  | connected"]);
    expect(isLadder(attemptSteps(hub.attempts[0]!, hub))).toBe(false);
    const prices = hubAt("/hubs/prices");
    expect(wordsOf(prices, prices.attempts[1]!)).toEqual([
      "Negotiate | failed | no answer | Failed to fetch",
    ]);
  });
});

describe("transports", () => {
  it("are numbered if they opened, and those that never opened are named as such", () => {
    const { transports } = hubAt("/hubs/editor");
    expect(
      transports.map((transport, i) =>
        [transportName(transports, i), endShort(transport), isSameId(transports, i) ? "same id" : ""].join(
          " ",
        ),
      ),
    ).toEqual([
      "WebSocket 1 1006 ",
      "WebSocket 2 1006 same id",
      "Orphaned WebSocket 1000 same id",
      "WebSocket 3 1006 ",
      "WebSocket 1006 same id",
      "WebSocket 4 1006 ",
      "WebSocket  same id",
    ]);
    const prices = hubAt("/hubs/prices").transports;
    expect(
      prices.map((transport, i) => `${transportName(prices, i)} ${endShort(transport)}`).slice(0, 3),
    ).toEqual(["WebSocket 1006", "Event stream error", "Long polling 1 HTTP 404"]);
  });
});

describe("resumes", () => {
  const hub = hubAt("/hubs/editor");
  const resumes = hub.stateful?.resumes ?? [];

  it("distinguish repeated messages from new ones", () => {
    const { resume, ...facts } = resumeFacts(hub, resumes[0]!);
    expect(resume).toMatchObject({
      outcome: "resumed",
      unacked: { in: 1, out: 2 },
      replayed: { in: 1, out: 2 },
    });
    expect(facts.out.newFrom).toBe(facts.out.at! + resume.replayed.out);
    expect(facts.in.newFrom).toBe(facts.in.at! + resume.replayed.in);
    expect(facts.interruption?.outcome).toBe("resumed");
    expect(facts.why).toBeNull();
  });

  it("that were rejected show whether the window was over", () => {
    const { why, interruption } = resumeFacts(hub, resumes[1]!);
    expect(why).toBe(
      "The transport connection with the old id closed (1006). It was tried 18 s after the loss, when the window of 15 s was over: the server had removed the connection.",
    );
    expect(interruption?.connectionIdAfter).toBe("Ed37Kb91LmEpQ4");
    const soon = { ...resumes[1]!, startedAt: resumes[1]!.lostAt + 300 };
    expect(resumeFacts(hub, soon).why).toContain("within the window of 15 s: the server was unreachable");
  });

  it("show how much of the resume window remains, never below zero", () => {
    expect(windowLeft(hub.stateful, NOW)).toEqual({ left: 8_000, window: 15_000, share: 8 / 15 });
    expect(windowLeft(hub.stateful, NOW + 60_000)).toMatchObject({ left: 0, share: 0 });
    expect(windowLeft({ ...hub.stateful!, resumes: resumes.slice(0, 2) }, NOW)).toBeNull();
    expect(windowLeft(null, NOW)).toBeNull();
  });
});

describe("what isn't recorded", () => {
  it("is named with its address and the reason", () => {
    expect(unrecordedOf(model.pages).map(({ kind, url, title }) => [kind, url, title])).toEqual([
      ["worker", "wss://board.example/hubs/background", "In a worker"],
      ["legacy", "https://board.example/signalr/negotiate", "ASP.NET SignalR 2.x, protocol 2.1"],
    ]);
  });
});
