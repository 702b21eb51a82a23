import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import { describe, expect, it } from "vitest";
import { adviceAgainst, adviceFor } from "../../../extension/core/diagnosis/advice.ts";
import { START, script } from "./event-script.ts";

const texts = (verdict: { evidence: readonly { text: string }[] }): string =>
  verdict.evidence.map(({ text }) => text).join("\n");

describe.each([
  ["with the client probe", true],
  ["from the wire alone", false],
])("a start that fails, %s", (_name, probe) => {
  const failing = (status: number | null, error = "", retryAfter?: string) => {
    const events = script().at(0).page({ probe });
    if (probe) events.hub().state("Disconnected", "Connecting");
    return again(events, 1, status, error, retryAfter);
  };
  const again = (
    events: ReturnType<typeof script>,
    request: number,
    status: number | null,
    error = "",
    retryAfter?: string,
  ) => {
    events.at(request * 1_000).add(
      {
        kind: "negotiate",
        request,
        url: "https://board.example/hubs/board/negotiate",
        api: "fetch",
        askedStatefulReconnect: false,
      },
      {
        kind: "negotiate-ended",
        request,
        t: START + request * 1_000 + 300,
        status,
        error,
        ...(retryAfter === undefined ? {} : { retryAfter }),
      },
    );
    return probe ? events.at(request * 1_000 + 301).state("Connecting", "Disconnected") : events;
  };

  it("is shown, although it is no interruption", () => {
    const hub = failing(503, "Service Unavailable", "7").onlyHub();
    expect(hub.interruptions).toEqual([]);
    expect(hub.failedStarts).toHaveLength(1);
    const [start] = hub.failedStarts;
    expect(start).toMatchObject({ outcome: "failed", starts: 1, until: null, hubKey: hub.key });
    expect(verdictOf(start!)).toMatchObject({
      cause: "start-failed",
      title: "Server or proxy unavailable (503)",
      confidence: "high",
      obstacle: { name: "unavailable", retryAfter: "7" },
    });
    expect(adviceFor(start!)?.text).toContain("doesn't retry a failed start()");
    expect(texts(verdictOf(start!))).toContain(
      "start() failed: negotiate, 503: Service Unavailable, Retry-After 7 s",
    );
  });

  it("lasts until the app is connected, and counts the attempts", () => {
    const events = failing(null, "Failed to fetch");
    if (probe) events.at(1_900).state("Disconnected", "Connecting");
    again(events, 2, 500);
    expect(events.onlyHub().failedStarts[0]).toMatchObject({ outcome: "failed", starts: 2 });
    if (probe) events.at(4_000).state("Disconnected", "Connecting");
    events.at(4_010).negotiate(4, "id-4").at(4_050).socket(1, 4);
    if (probe) events.state("Connecting", "Connected", "id-4");
    const hub = events.onlyHub();
    expect(hub.failedStarts).toHaveLength(1);
    expect(hub.failedStarts[0]).toMatchObject({ outcome: "connected", starts: 2, until: START + 4_050 });
    expect(hub.failedStarts[0]?.attempts.map(({ number }) => number)).toEqual([1, 2, 3]);
    expect(verdictOf(hub.failedStarts[0]!).title).toBe("Server error on negotiate (500)");
  });

  it("keeps the server's error of a rejected handshake", () => {
    const events = script().at(0).page({ probe });
    if (probe) events.hub().state("Disconnected", "Connecting");
    events.at(10).negotiate(1, "id-1").add(
      {
        kind: "socket",
        transport: "WebSockets",
        socket: 1,
        request: 1,
        url: "wss://board.example/hubs/board",
      },
      { kind: "socket-opened", socket: 1 },
      {
        kind: "handshake",
        socket: 1,
        direction: "in",
        error: "The protocol 'messagepack' is not supported.",
      },
    );
    if (probe) events.at(20).state("Connecting", "Disconnected");
    const [start] = events.onlyHub().failedStarts;
    expect(verdictOf(start!).obstacle?.name).toBe("handshake-refused");
    expect(texts(verdictOf(start!))).toContain("The protocol 'messagepack' is not supported.");
  });

  it("is over when the page ends", () => {
    const events = failing(404).at(9_000).add({ kind: "lifecycle", phase: "pagehide", persisted: false });
    expect(events.onlyHub().failedStarts[0]).toMatchObject({ outcome: "page-ended", until: START + 9_000 });
    expect(events.reduce().pages[0]?.endedAt).toBe(START + 9_000);
  });
});

describe("starts that don't count as failed", () => {
  it("are those where the app called stop() while it connected", () => {
    const events = script().at(0).page().hub().state("Disconnected", "Connecting");
    events.at(50).state("Connecting", "Disconnecting").state("Disconnecting", "Disconnected");
    expect(events.onlyHub().failedStarts).toEqual([]);
  });

  it("are those after the client gave up, which belong to the interruption", () => {
    const events = script().connected().at(1_000).closed(1).state("Connected", "Disconnected");
    events.at(2_000).state("Disconnected", "Connecting").negotiateFails(2, 503);
    events.state("Connecting", "Disconnected");
    expect(events.onlyHub().failedStarts).toEqual([]);
    expect(events.onlyInterruption().attempts).toHaveLength(1);
  });
});

describe("what prevented a lost connection from reconnecting", () => {
  const answered = (status: number, retryAfter?: string) => {
    const events = script().connected().at(1_000).closed(1).state("Connected", "Reconnecting");
    events.add({ kind: "retry", hub: 1, previousRetryCount: 0, elapsed: 0, delay: 0 });
    events.at(1_010).add(
      {
        kind: "negotiate",
        request: 2,
        url: "https://board.example/hubs/board/negotiate",
        api: "fetch",
        askedStatefulReconnect: false,
      },
      {
        kind: "negotiate-ended",
        request: 2,
        status,
        ...(retryAfter === undefined ? {} : { retryAfter }),
      },
    );
    return verdictOf(events.onlyInterruption());
  };

  it.each([
    [401, "unauthorized"],
    [403, "forbidden"],
    [429, "throttled"],
    [500, "server-error"],
  ])("was a negotiate answered with %i, which has its own advice", (status, name) => {
    const { cause, obstacle } = answered(status);
    expect(cause).toBe("abrupt-loss");
    expect(obstacle).toMatchObject({ name });
    expect(adviceAgainst(obstacle!).text).not.toBe("");
  });

  it("reports the delay that the server requested", () => {
    const verdict = answered(429, "7");
    expect(verdict.obstacle?.retryAfter).toBe("7");
    expect(texts(verdict)).toContain("Attempt 1 failed: negotiate, 429, Retry-After 7 s");
  });
});
