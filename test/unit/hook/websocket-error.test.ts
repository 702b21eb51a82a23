// @vitest-environment happy-dom
/** In Chromium a WebSocket that the page's policy forbids has an `error`, and never a `close`. */
import { later } from "./in-a-page.ts";
import { beforeEach, describe, expect, it } from "vitest";
import { createTransportConnections } from "../../../content-script/hook/transport/transport-connection.ts";
import { createSockets } from "../../../content-script/hook/transport/websocket-connections.ts";
import { createRecorder } from "../../../content-script/hook/record/recorder.ts";
import type { RawWebSocket } from "../../../content-script/sentinel/websocket.ts";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";

const URL = "wss://host.test/hub?id=ConnT0kenSecret55";

let sent: RecordedEvent[];
let removed: number;
let raw: RawWebSocket;
/** The page opens a socket. @param known whether a client has this address */
function open(request: number | undefined, url = URL, known = false) {
  sent = [];
  removed = 0;
  raw = {
    socket: new EventTarget() as WebSocket,
    url,
    ears: undefined,
    release: () => void (raw.ears = undefined),
  };
  const recorder = createRecorder({ send: (events) => void sent.push(...events), idle: () => false });
  const connections = createTransportConnections({ added: () => undefined, removed: () => removed++ });
  const sockets = createSockets(recorder, { requestOf: () => request, pending: 0 }, connections, () => known);
  sockets.add(raw.socket, url, raw);
  return sockets;
}

/** The browser's own event. */
const fires = (type: "open" | "error" | "close", more: CloseEventInit = {}): void => {
  const event = type === "close" ? new CloseEvent(type, more) : new Event(type);
  Object.defineProperty(event, "isTrusted", { value: true });
  raw.ears?.[type](event);
};
async function ends(): Promise<unknown[]> {
  await later(1_000);
  return sent.flatMap(({ seq: _seq, ...event }) => (event.kind === "socket-closed" ? [event] : []));
}

describe("a WebSocket with an error", () => {
  beforeEach(() => {
    open(3);
  });

  it("and no close has ended at the error", async () => {
    await later(100);
    const at = Date.now();
    fires("error");
    await later(5_000);
    expect(await ends()).toEqual([
      { kind: "socket-closed", t: at, socket: 1, code: null, reason: "", wasClean: false },
    ]);
    expect(removed).toBe(1);
  });

  it("and its close right after it has one end, with the close's code", async () => {
    fires("error");
    fires("close", { code: 1006, reason: "", wasClean: false });
    await later(5_000);
    expect(await ends()).toMatchObject([{ code: 1006 }]);
    expect(removed).toBe(1);
  });

  it("and a close that comes too late still has one end", async () => {
    fires("error");
    await later(5_000);
    fires("close", { code: 1006, reason: "", wasClean: false });
    expect(await ends()).toMatchObject([{ code: null }]);
    expect(removed).toBe(1);
  });

  it("that was open waits for its close, however late that comes", async () => {
    fires("open");
    fires("error");
    await later(5_000);
    expect(await ends()).toEqual([]);
    fires("close", { code: 1006, reason: "", wasClean: false });
    expect(await ends()).toMatchObject([{ code: 1006 }]);
  });

  it("that the page closes in the meantime is closed by the page", async () => {
    fires("error");
    raw.ears?.closing(undefined, undefined, false);
    await later(5_000);
    expect(sent.map(({ kind }) => kind)).toContain("socket-closing");
    expect(await ends()).toEqual([]);
  });

  it("that the page made up counts for nothing", async () => {
    raw.ears?.error(new Event("error"));
    await later(5_000);
    expect(await ends()).toEqual([]);
  });
});

it("a socket that isn't known to be SignalR's leaves nothing behind", async () => {
  const sockets = open(undefined);
  fires("error");
  await later(5_000);
  expect(sent).toEqual([]);
  expect(sockets.connectionOf(raw.socket)).toBeUndefined();
});

it("a socket of a client that skips the negotiate is recorded, also if it never opens", async () => {
  open(undefined, "wss://host.test/hub", true);
  fires("error");
  fires("close", { code: 1006, reason: "", wasClean: false });
  expect(await ends()).toMatchObject([{ code: 1006 }]);
});
