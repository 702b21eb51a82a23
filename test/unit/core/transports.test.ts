import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import { describe, expect, it } from "vitest";
import { hostingOf } from "../../../extension/core/model/hosting.ts";
import { script } from "./event-script.ts";

describe("transport fallback", () => {
  /** WebSockets fails, the event source fails, long polling gets connected. */
  const fallback = (probe: boolean) => {
    const events = script().at(0).page({ probe });
    if (probe) events.hub().state("Disconnected", "Connecting");
    events.at(10).negotiate(1, "id-1").at(20).connecting(1, 1).at(30).closed(1);
    events.at(32).negotiate(2, "id-2").at(40).connecting(2, 2, "ServerSentEvents").at(50).closed(2, null);
    events.at(52).negotiate(3, "id-3").at(60).socket(3, 3, "LongPolling");
    if (probe) events.state("Connecting", "Connected", "id-3");
    return events;
  };

  it.each([true, false])("is one attempt, not several (probe: %s)", (probe) => {
    const hub = fallback(probe).onlyHub();
    expect(hub.attempts).toHaveLength(1);
    expect(hub.attempts[0]).toMatchObject({
      number: 1,
      requests: [1, 2, 3],
      sockets: [1, 2, 3],
      socket: 3,
      outcome: { kind: "connected", connectionId: "id-3" },
    });
    expect(hub.failedStarts).toEqual([]);
    expect(hub.states.map(({ state }) => state)).toEqual(["connecting", "connected"]);
    expect(hub.transport).toBe("LongPolling");
    expect(hub.transports.map(({ closed }) => closed?.code)).toEqual([1006, null, undefined]);
  });

  it.each([true, false])("that fails with every transport is one failed attempt (probe: %s)", (probe) => {
    const events = script().at(0).page({ probe });
    if (probe) events.hub().state("Disconnected", "Connecting");
    events.at(10).negotiate(1, "id-1").at(20).connecting(1, 1).at(30).closed(1);
    events.at(32).negotiate(2, "id-2").at(40).connecting(2, 2, "LongPolling").at(50);
    events.add({
      kind: "socket-closed",
      socket: 2,
      code: null,
      reason: "",
      wasClean: false,
      status: 404,
      error: "No Connection with that ID",
    });
    if (probe) events.state("Connecting", "Disconnected");
    const hub = events.onlyHub();
    expect(hub.attempts).toHaveLength(1);
    expect(hub.failedStarts).toHaveLength(1);
    expect(hub.failedStarts[0]).toMatchObject({ starts: 1, outcome: "failed" });
    expect(verdictOf(hub.failedStarts[0]!).obstacle?.name).toBe("no-such-connection");
  });

  it("is distinguished from an immediate retry, which uses the same transport again", () => {
    const events = script().connected(false).at(1_000).closed(1);
    events.at(1_001).negotiate(2, "id-2").at(1_010).connecting(2, 2).at(1_020).closed(2);
    events.at(1_021).negotiate(3, "id-3").at(1_030).connecting(3, 3).at(1_040).closed(3);
    events.at(3_000).negotiate(4, "id-4").at(3_010).socket(4, 4);
    const { attempts, outcome } = events.onlyInterruption();
    expect(attempts.map(({ number, outcome: { kind } }) => [number, kind])).toEqual([
      [1, "socket-failed"],
      [2, "socket-failed"],
      [3, "connected"],
    ]);
    expect(outcome).toBe("reconnected");
  });

  it("gets the status of a refused upgrade from webRequest, even if it is reported late", () => {
    for (const late of [false, true]) {
      const events = script().at(0).page().hub().state("Disconnected", "Connecting");
      events.at(10).negotiate(1, "id-1").at(20).connecting(1, 1).at(30);
      const told = { kind: "upgrade", socket: 1, status: 404 } as const;
      if (!late) events.add(told);
      events.closed(1);
      if (late) events.add(told);
      events.at(40).state("Connecting", "Disconnected");
      expect(events.onlyHub().attempts[0]?.outcome).toMatchObject({ kind: "socket-failed", status: 404 });
    }
  });
});

describe("hosting", () => {
  it.each([
    ["https://app.example/chat/negotiate", null, "self-hosted", "app.example"],
    [
      "https://app.example/chat/negotiate",
      "https://x.service.signalr.net/client/?hub=chat&asrs.op=%2Fchat&asrs_request_id=1",
      "azure-default",
      "x.service.signalr.net",
    ],
    [
      "https://fn.example/api/negotiate",
      "https://x.service.signalr.net/client/?hub=chat",
      "azure-serverless",
      "x.service.signalr.net",
    ],
    ["https://app.example/chat/negotiate", "https://other.example/chat", "redirected", "other.example"],
  ] as const)("of %s, redirected to %s, is %s at %s", (url, redirect, kind, host) => {
    expect(hostingOf(url, redirect)).toEqual({ kind, host });
  });

  it("counts a redirect as one attempt of one hub connection", () => {
    const hub = script()
      .at(0)
      .page({ probe: false })
      .add(
        {
          kind: "negotiate",
          request: 1,
          url: "https://board.example/hubs/board/negotiate?negotiateVersion=1",
          api: "fetch",
          askedStatefulReconnect: false,
        },
        {
          kind: "negotiate-ended",
          request: 1,
          status: 200,
          redirectUrl: "https://x.service.signalr.net/client/?hub=board&asrs.op=%2Fhubs%2Fboard",
        },
        {
          kind: "negotiate",
          request: 2,
          url: "https://x.service.signalr.net/client/negotiate?hub=board&asrs.op=%2Fhubs%2Fboard&negotiateVersion=1",
          api: "fetch",
          askedStatefulReconnect: false,
        },
        { kind: "negotiate-ended", request: 2, status: 200, connectionId: "id-1" },
      )
      .socket(1, 2)
      .onlyHub();
    expect(hub.attempts).toHaveLength(1);
    expect(hub).toMatchObject({
      path: "/hubs/board",
      connectionId: "id-1",
      hosting: { kind: "azure-default" },
    });
  });
});

describe("connections that are known only from webRequest or another client", () => {
  it("are listed once for each address", () => {
    const events = script().at(0).page();
    for (let i = 0; i < 2; i++)
      events.add(
        { kind: "worker-connection", url: "wss://board.example/hubs/board", status: 101 },
        { kind: "legacy", url: "https://board.example/signalr", clientProtocol: "2.1" },
      );
    const [page] = events.reduce().pages;
    expect(page?.workers.map(({ url }) => url)).toEqual(["wss://board.example/hubs/board"]);
    expect(page?.legacy).toMatchObject([{ url: "https://board.example/signalr", clientProtocol: "2.1" }]);
  });
});
