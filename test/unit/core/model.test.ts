import { judged } from "./judged.ts";
import { verdictOf } from "../../../extension/core/diagnosis/diagnose.ts";
import { describe, expect, it } from "vitest";
import { START, script } from "./event-script.ts";

const states = (hub: { states: readonly { state: string }[] }): string[] =>
  hub.states.map((span) => span.state);

describe.each([
  ["with the client probe", true],
  ["from the wire alone", false],
])("a reconnect, %s", (_name, probe) => {
  const lossAndReconnect = () => {
    const events = script().connected(probe).at(5_000);
    events.message({ socket: 1, direction: "out", type: 1, target: "GetDepth", invocationId: "0" });
    events.at(6_000).closed(1);
    if (probe) {
      events.add({
        kind: "hub-lost",
        hub: 1,
        error: "WebSocket closed with status code: 1006 (no reason given).",
      });
      events.add({ kind: "retry", hub: 1, previousRetryCount: 0, elapsed: 0, delay: 0 });
      events.state("Connected", "Reconnecting");
    }
    events.at(6_010).negotiateFails(2, null, "TypeError: Failed to fetch");
    if (probe) events.add({ kind: "retry", hub: 1, previousRetryCount: 1, elapsed: 10, delay: 2_000 });
    events.at(8_020).negotiate(3, "id-2").at(8_050).socket(2, 3);
    if (probe) events.state("Reconnecting", "Connected", "id-2");
    return events;
  };

  it("shows the states of the client", () => {
    expect(states(lossAndReconnect().onlyHub())).toEqual([
      "connecting",
      "connected",
      "reconnecting",
      "connected",
    ]);
  });

  it("is one interruption, from loss to recovery, with both ids", () => {
    const interruption = lossAndReconnect().onlyInterruption();
    expect(interruption).toMatchObject({
      from: START + 6_000,
      until: START + 8_050,
      outcome: "reconnected",
      connectionIdBefore: "id-1",
      connectionIdAfter: "id-2",
      knowledge: probe ? "client" : "wire",
    });
  });

  it("lists the attempts with planned and actual delays", () => {
    const [first, second] = lossAndReconnect().onlyInterruption().attempts;
    expect(first).toMatchObject({
      number: 1,
      planned: probe ? 0 : null,
      startedAt: START + 6_010,
      outcome: { kind: "negotiate-failed", status: null },
    });
    expect(second).toMatchObject({
      number: 2,
      planned: probe ? 2_000 : null,
      startedAt: START + 8_020,
      outcome: { kind: "connected" },
    });
  });

  it("contains the call that was lost in flight", () => {
    const { pending } = lossAndReconnect().onlyInterruption();
    expect(pending).toMatchObject([{ target: "GetDepth", fate: "lost" }]);
  });

  it("names the cause: the server was gone, as the next negotiate got no answer", () => {
    expect(verdictOf(lossAndReconnect().onlyInterruption())).toMatchObject({
      cause: "server-gone",
      confidence: "medium",
    });
  });
});

describe("the end of a connection", () => {
  it("is no interruption when the app called stop() (known from the client)", () => {
    const hub = script()
      .connected()
      .at(1_000)
      .message({ socket: 1, direction: "out", type: 7 })
      .state("Connected", "Disconnecting")
      .add({ kind: "socket-closing", socket: 1, duringMessage: false })
      .add({ kind: "hub-lost", hub: 1 })
      .state("Disconnecting", "Disconnected")
      .onlyHub();
    expect(states(hub).at(-1)).toBe("stopped");
    expect(hub.interruptions).toEqual([]);
  });

  it("is no interruption when the app called stop() (without the probe, client 8 and later)", () => {
    const hub = script()
      .connected(false)
      .at(1_000)
      .message({ socket: 1, direction: "out", type: 7 })
      .add({ kind: "socket-closing", socket: 1, duringMessage: false })
      .closed(1, 1005)
      .onlyHub();
    expect(states(hub).at(-1)).toBe("stopped");
    expect(hub.interruptions).toEqual([]);
  });

  it("is final when the server closes for good", () => {
    const events = script()
      .connected()
      .at(1_000)
      .message({ socket: 1, direction: "in", type: 7, allowReconnect: false })
      .state("Connected", "Disconnecting")
      .message({ socket: 1, direction: "out", type: 7 })
      .add({ kind: "hub-lost", hub: 1 })
      .state("Disconnecting", "Disconnected");
    expect(states(events.onlyHub()).at(-1)).toBe("disconnected");
    expect(judged(events.onlyInterruption())).toMatchObject({
      outcome: "closed-by-server",
      verdict: { cause: "server-closed-for-good", confidence: "high" },
    });
  });

  it("is given up without a retry policy, and restarted when the app starts again", () => {
    const events = script()
      .connected()
      .at(1_000)
      .closed(1)
      .add({ kind: "hub-lost", hub: 1, error: "WebSocket closed with status code: 1006 (no reason given)." })
      .state("Connected", "Disconnected");
    expect(events.onlyInterruption()).toMatchObject({ outcome: "gave-up", until: null });
    events
      .at(9_000)
      .state("Disconnected", "Connecting")
      .negotiate(2, "id-2")
      .socket(2, 2)
      .state("Connecting", "Connected", "id-2");
    expect(events.onlyInterruption()).toMatchObject({
      outcome: "restarted",
      until: START + 9_000,
      connectionIdAfter: "id-2",
    });
  });

  it("ends with the page", () => {
    const events = script()
      .connected()
      .at(1_000)
      .closed(1)
      .add({ kind: "hub-lost", hub: 1 })
      .state("Connected", "Reconnecting");
    events.at(2_000).add({ kind: "lifecycle", phase: "pagehide", persisted: false });
    expect(events.onlyInterruption()).toMatchObject({ outcome: "page-ended", until: START + 2_000 });
  });
});

describe("two connections to one hub that start at the same time", () => {
  it("are distinguished by the connection id", () => {
    const events = script()
      .at(0)
      .page()
      .hub(1)
      .hub(2)
      .state("Disconnected", "Connecting", undefined, 1)
      .state("Disconnected", "Connecting", undefined, 2);
    // The second hub's negotiate is seen first.
    events.negotiate(1, "id-b").negotiate(2, "id-a").socket(1, 1).socket(2, 2);
    events.state("Connecting", "Connected", "id-a", 1).state("Connecting", "Connected", "id-b", 2);
    const { hubs } = events.reduce();
    expect(
      hubs.map((hub) => [hub.connectionId, hub.transports.map((transport) => transport.connectionId)]),
    ).toEqual([
      ["id-a", ["id-a"]],
      ["id-b", ["id-b"]],
    ]);
  });
});

describe("stateful reconnect", () => {
  it("resumes, which is invisible to the app", () => {
    const events = script()
      .at(0)
      .page()
      .hub()
      .state("Disconnected", "Connecting")
      .negotiate(1, "id-1", true)
      .socket(1, 1)
      .state("Connecting", "Connected", "id-1");
    events.at(5_000).closed(1);
    events
      .at(5_001)
      .add({
        kind: "socket",
        transport: "WebSockets",
        socket: 2,
        request: 1,
        url: "wss://board.example/hubs/board?id=…",
      })
      .at(5_050)
      .add({ kind: "socket-opened", socket: 2 });
    events
      .message({ socket: 2, direction: "out", type: 9, sequenceId: 1 })
      .at(5_090)
      .message({ socket: 2, direction: "in", type: 9, sequenceId: 1 });
    expect(events.onlyInterruption()).toMatchObject({
      outcome: "resumed",
      from: START + 5_000,
      until: START + 5_090,
      connectionIdBefore: "id-1",
      connectionIdAfter: "id-1",
    });
    expect(states(events.onlyHub())).toEqual(["connecting", "connected", "resumed", "connected"]);
  });
});

describe("Azure's redirect", () => {
  it("is one attempt of one hub connection", () => {
    const events = script().at(0).page().hub().state("Disconnected", "Connecting");
    const service = "https://x.service.signalr.net/client";
    events.add(
      {
        kind: "negotiate",
        request: 1,
        url: "https://board.example/hubs/board/negotiate?negotiateVersion=1",
        api: "fetch",
        askedStatefulReconnect: false,
      },
      { kind: "negotiate-ended", request: 1, status: 200, redirectUrl: `${service}/?hub=board` },
      {
        kind: "negotiate",
        request: 2,
        url: `${service}/negotiate?hub=board&negotiateVersion=1`,
        api: "fetch",
        askedStatefulReconnect: false,
      },
      { kind: "negotiate-ended", request: 2, status: 200, connectionId: "id-1" },
    );
    events.socket(1, 2).state("Connecting", "Connected", "id-1");
    const hub = events.onlyHub();
    expect(hub.attempts).toHaveLength(1);
    expect(hub.attempts[0]).toMatchObject({ requests: [1, 2], socket: 1, outcome: { kind: "connected" } });
  });
});

describe("messages", () => {
  it("are counted once, even if they are in the counts and in the ring", () => {
    const events = script().connected();
    events.at(1_000).add({
      kind: "counts",
      socket: 1,
      until: START + 2_000,
      counts: [{ direction: "in", type: 1, count: 500, bytes: 100_000 }],
    });
    events.at(1_999).message({ socket: 1, direction: "in", type: 1, target: "tick", counted: true });
    const model = events.reduce();
    expect(model.messages).toBe(500);
    expect(model.hubs[0]?.totals.in).toEqual({ messages: 500, swallowed: 0, pings: 0, bytes: 100_000 });
    expect(model.hubs[0]?.messages).toHaveLength(1);
  });

  it("are in order of time, even if the ring is written late", () => {
    const events = script().connected();
    events.at(3_000).message({ socket: 1, direction: "in", type: 6 });
    events.at(1_000).message({ socket: 1, direction: "in", type: 1, counted: true });
    const times = [...events.onlyHub().messages].map(({ message }) => message.t);
    expect(times).toEqual([...times].sort((a, b) => a - b));
  });

  it("belong to their calls", () => {
    const events = script().connected();
    events.at(100).message({ socket: 1, direction: "out", type: 4, target: "Ticks", invocationId: "7" });
    events
      .at(200)
      .message({ socket: 1, direction: "in", type: 2, invocationId: "7" })
      .at(300)
      .message({ socket: 1, direction: "in", type: 3, invocationId: "7", error: "no" });
    expect(events.onlyHub().calls).toMatchObject([
      { target: "Ticks", stream: true, items: 1, fate: "failed", endedAt: START + 300 },
    ]);
  });

  it("that were missed are estimated from the rate before, and called an estimate", () => {
    const events = script().connected();
    for (let i = 1; i <= 20; i++)
      events.at(i * 500).message({ socket: 1, direction: "in", type: 1, target: "tick" });
    events.at(10_000).closed(1).add({ kind: "hub-lost", hub: 1 }).state("Connected", "Reconnecting");
    events.at(20_000).negotiate(2, "id-2").socket(2, 2).state("Reconnecting", "Connected", "id-2");
    expect(events.onlyInterruption().missedEstimate).toBeGreaterThan(18);
    expect(events.onlyInterruption().missedEstimate).toBeLessThan(22);
  });
});
