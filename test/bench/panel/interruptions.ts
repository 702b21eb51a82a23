/** How a generated connection is opened, lost in several ways, and opened again. */
import type { HubState } from "../../../extension/core/protocol/terms.ts";
import type { Connection, Recorder } from "./connection.ts";

/** How many happenings a connection has on average between two losses. */
const BETWEEN_LOSSES = 4_000;

interface Numbers {
  socket: number;
  request: number;
}

/** Sockets and requests are counted per recording. */
const numbers = new WeakMap<Recorder, Numbers>();

export function connect(recorder: Recorder, connection: Connection, from: HubState): void {
  const { hub } = connection;
  const connectionId = negotiate(recorder, connection);
  recorder.wait(15);
  recorder.add(
    { kind: "handshake", socket: connection.socket, direction: "out", protocol: "json", version: 1 },
    { kind: "handshake", socket: connection.socket, direction: "in" },
    { kind: "hub-state", hub, from, to: "Connected", connectionId },
  );
  connection.pingedAt = recorder.now();
  // Of what was open nothing comes any more.
  connection.open = [];
  connection.stream = null;
}

/** The kinds take turns, so that a short recording has some of them, too. */
export function interrupt(recorder: Recorder, connection: Connection): void {
  const kinds = [lostNetwork, serverCloses, frozen, refusedOnce];
  connection.left = Math.round(BETWEEN_LOSSES * connection.share * (1 + 2 * recorder.random())) + 50;
  kinds[(connection.hub + connection.losses++) % kinds.length]?.(recorder, connection);
}

function lostNetwork(recorder: Recorder, connection: Connection): void {
  recorder.add({ kind: "online", online: false });
  lose(recorder, connection);
  recorder.wait(3_000);
  recorder.add({ kind: "online", online: true });
  retry(recorder, connection, 1, 2_000);
  connect(recorder, connection, "Reconnecting");
}

function serverCloses(recorder: Recorder, connection: Connection): void {
  const payload = `{"type":7,"allowReconnect":true}`;
  const { socket } = connection;
  recorder.add({
    kind: "message",
    socket,
    direction: "in",
    type: 7,
    size: payload.length + 1,
    allowReconnect: true,
    payload,
  });
  lose(recorder, connection, "clean");
  connect(recorder, connection, "Reconnecting");
}

function frozen(recorder: Recorder, connection: Connection): void {
  recorder.add(
    { kind: "visibility", visible: false },
    { kind: "lifecycle", phase: "freeze", persisted: false },
  );
  recorder.wait(20_000);
  recorder.add({ kind: "lifecycle", phase: "resume", persisted: false });
  lose(recorder, connection);
  recorder.add({ kind: "visibility", visible: true });
  connect(recorder, connection, "Reconnecting");
}

function refusedOnce(recorder: Recorder, connection: Connection): void {
  lose(recorder, connection);
  const request = next(recorder, "request");
  const url = `${connection.url}/negotiate?negotiateVersion=1`;
  recorder.add(
    { kind: "negotiate", request, url, api: "fetch", askedStatefulReconnect: false },
    { kind: "negotiate-ended", request, status: 503, statusText: "Service Unavailable" },
  );
  retry(recorder, connection, 1, 2_000);
  connect(recorder, connection, "Reconnecting");
}

function lose(
  recorder: Recorder,
  { hub, socket, transport }: Connection,
  how: "clean" | "cut" = "cut",
): void {
  const clean = how === "clean";
  const code = transport === "WebSockets" ? (clean ? 1000 : 1006) : null;
  recorder.add({ kind: "socket-closed", socket, code, reason: "", wasClean: clean });
  recorder.add(
    { kind: "hub-lost", hub, ...(clean ? {} : { error: "WebSocket closed with status code: 1006 ()." }) },
    { kind: "hub-state", hub, from: "Connected", to: "Reconnecting" },
    { kind: "retry", hub, previousRetryCount: 0, elapsed: 0, delay: 0 },
  );
}

function retry(recorder: Recorder, { hub }: Connection, count: number, delay: number): void {
  recorder.wait(40);
  recorder.add({ kind: "retry", hub, previousRetryCount: count, elapsed: 40, delay });
  recorder.wait(delay);
}

/** @returns the connection's new id. Its letters are none of the needle's. */
function negotiate(recorder: Recorder, connection: Connection): string {
  const request = next(recorder, "request");
  const socket = (connection.socket = next(recorder, "socket"));
  const { url, transport } = connection;
  const connectionId = `q${String(Math.floor(recorder.random() * 1e12)).padStart(12, "0")}x${request}`;
  recorder.add({
    kind: "negotiate",
    request,
    url: `${url}/negotiate?negotiateVersion=1`,
    api: "fetch",
    clientVersion: "10.0.11",
    askedStatefulReconnect: false,
  });
  recorder.wait(12);
  recorder.add({
    kind: "negotiate-ended",
    request,
    status: 200,
    negotiateVersion: 1,
    connectionId,
    transports: ["WebSockets", "ServerSentEvents", "LongPolling"],
  });
  const scheme = transport === "WebSockets" ? "wss" : "https";
  recorder.add({ kind: "socket", socket, transport, url: `${scheme}${url.slice(5)}?id=…`, request });
  recorder.wait(10);
  recorder.add({ kind: "socket-opened", socket });
  return connectionId;
}

function next(recorder: Recorder, what: keyof Numbers): number {
  const known = numbers.get(recorder) ?? { socket: 0, request: 0 };
  numbers.set(recorder, known);
  return ++known[what];
}
