/**
 * Generates a recording of any length, like that of a busy app: several hub connections over all transports, pushes, pings,
 * calls that are answered, counted seconds, stateful reconnect with its acknowledgements, interruptions with retries, the
 * page's own events. The same length always gives the same events.
 */
import type { RecordedEvent, Unstamped } from "../../extension/core/events/events.ts";
import type { TransportName } from "../../extension/core/protocol/terms.ts";

const START = Date.UTC(2026, 10, 24, 10, 0, 0);
const ORIGIN = "board.example";
const TRANSPORTS: readonly TransportName[] = [
  "WebSockets",
  "WebSockets",
  "WebSockets",
  "WebSockets",
  "ServerSentEvents",
  "LongPolling",
];
/** How many messages a hub connection has between two interruptions. */
const BETWEEN_LOSSES = 4_000;
const TARGETS = ["messageReceived", "tick", "orderChanged", "presence"];

interface Connection {
  readonly hub: number;
  readonly transport: TransportName;
  readonly stateful: boolean;
  socket: number;
  request: number;
  sent: number;
  calls: number;
  unacknowledged: number;
  sequence: number;
}

export function syntheticRecording(length: number): RecordedEvent[] {
  const events: RecordedEvent[] = [];
  let now = START;
  let lastSocket = 0;
  let lastRequest = 0;
  const add = (...some: Unstamped[]): void => {
    for (const event of some) events.push({ ...event, seq: events.length + 1, t: now });
  };

  const url = ({ hub }: Connection): string => `https://${ORIGIN}/hubs/board${hub}`;
  const connect = (one: Connection, from: "Connecting" | "Reconnecting"): void => {
    one.request = ++lastRequest;
    one.sequence = 0;
    one.unacknowledged = 0;
    const { hub, request, stateful } = one;
    const connectionId = `id-${request}`;
    add(
      {
        kind: "negotiate",
        request,
        url: `${url(one)}/negotiate?negotiateVersion=1`,
        api: "fetch",
        askedStatefulReconnect: stateful,
        clientVersion: "10.0.11",
      },
      {
        kind: "negotiate-ended",
        request,
        status: 200,
        connectionId,
        negotiateVersion: 1,
        statefulReconnect: stateful,
        transports: ["WebSockets", "ServerSentEvents", "LongPolling"],
      },
    );
    open(one);
    add(
      {
        kind: "handshake",
        socket: one.socket,
        direction: "out",
        protocol: "json",
        version: stateful ? 2 : 1,
      },
      { kind: "handshake", socket: one.socket, direction: "in" },
      { kind: "hub-state", hub, from, to: "Connected", connectionId },
    );
  };
  const open = (one: Connection): void => {
    one.socket = ++lastSocket;
    const scheme = one.transport === "WebSockets" ? "wss" : "https";
    add(
      {
        kind: "socket",
        socket: one.socket,
        transport: one.transport,
        url: `${scheme}://${ORIGIN}/hubs/board${one.hub}?id=…`,
        request: one.request,
      },
      { kind: "socket-opened", socket: one.socket },
    );
  };
  const lose = (one: Connection): void => {
    const { hub, socket } = one;
    const code = one.transport === "WebSockets" ? 1006 : null;
    add({ kind: "socket-closed", socket, code, reason: "", wasClean: false });
    if (one.stateful && one.request % 2 === 0) {
      now += 20;
      open(one);
      add(
        {
          kind: "message",
          socket: one.socket,
          direction: "out",
          type: 9,
          size: 26,
          sequenceId: one.sequence + 1,
        },
        {
          kind: "message",
          socket: one.socket,
          direction: "in",
          type: 9,
          size: 26,
          sequenceId: one.sequence + 1,
        },
      );
      one.request++; // only so that the next loss takes the other branch
      lastRequest++;
      return;
    }
    add(
      { kind: "hub-lost", hub, error: "WebSocket closed with status code: 1006 (no reason given)." },
      { kind: "hub-state", hub, from: "Connected", to: "Reconnecting" },
      { kind: "retry", hub, previousRetryCount: 0, elapsed: 0, delay: 0 },
    );
    now += 50;
    const request = ++lastRequest;
    add(
      {
        kind: "negotiate",
        request,
        url: `${url(one)}/negotiate?negotiateVersion=1`,
        api: "fetch",
        askedStatefulReconnect: one.stateful,
      },
      { kind: "negotiate-ended", request, status: 503, error: "Service Unavailable" },
      { kind: "retry", hub, previousRetryCount: 1, elapsed: 50, delay: 2_000 },
    );
    now += 2_000;
    connect(one, "Reconnecting");
  };
  const speak = (one: Connection): void => {
    const { socket } = one;
    const turn = one.sent++ % 20;
    const push = (): void => {
      one.sequence++;
      one.unacknowledged++;
      add({
        kind: "message",
        socket,
        direction: "in",
        type: 1,
        size: 120 + (one.sent % 200),
        target: TARGETS[one.sent % TARGETS.length] ?? "",
      });
    };
    if (turn === 7) {
      const invocationId = String(one.calls++);
      add({ kind: "message", socket, direction: "out", type: 1, size: 90, target: "Say", invocationId });
      now += 3;
      add({ kind: "message", socket, direction: "in", type: 3, size: 50, invocationId });
      one.sequence++;
      one.unacknowledged++;
    } else if (turn === 13)
      add(
        { kind: "message", socket, direction: "in", type: 6, size: 11 },
        { kind: "message", socket, direction: "out", type: 6, size: 11 },
      );
    else if (turn === 17 && one.stateful && one.unacknowledged > 0) {
      add({ kind: "message", socket, direction: "out", type: 8, size: 26, sequenceId: one.sequence });
      one.unacknowledged = 0;
    } else if (turn === 19 && !one.stateful)
      add({
        kind: "counts",
        socket,
        until: now + 1,
        counts: [{ direction: "in", type: 1, count: 12, bytes: 1_800 }],
      });
    else push();
  };

  add({
    kind: "page",
    url: `https://${ORIGIN}/`,
    userAgent: "synthetic",
    openedAt: START,
    top: true,
    visible: true,
    online: true,
    wasDiscarded: false,
    navigation: "navigate",
    probe: true,
  });
  const connections = TRANSPORTS.map((transport, i): Connection => {
    const one = {
      hub: i + 1,
      transport,
      stateful: transport === "WebSockets" && i % 2 === 1,
      socket: 0,
      request: 0,
      sent: 0,
      calls: 0,
      unacknowledged: 0,
      sequence: 0,
    };
    add(
      {
        kind: "hub",
        hub: one.hub,
        url: url(one),
        serverTimeout: 30_000,
        keepAliveInterval: 15_000,
        hasReconnectPolicy: true,
      },
      { kind: "hub-state", hub: one.hub, from: "Disconnected", to: "Connecting" },
    );
    connect(one, "Connecting");
    return one;
  });
  for (let step = 0; events.length < length; step++) {
    now += 5;
    const one = connections[step % connections.length];
    if (!one) break;
    if (one.sent > 0 && one.sent % BETWEEN_LOSSES === 0) {
      lose(one);
      one.sent++;
    } else speak(one);
    if (step % 10_000 === 9_999) add({ kind: "visibility", visible: step % 20_000 !== 9_999 });
    if (step % 3_000 === 2_999) add({ kind: "long-task", duration: 80 });
  }
  return events.slice(0, length);
}
