/**
 * Wraps the page's WebSocket so that it stays the real one: the sockets are native, `instanceof`, prototype, static members and
 * errors are unchanged, and our listeners run first because they are added inside the `construct` trap. Until the hook comes,
 * a socket is watched up to its first frame: one that doesn't begin like SignalR's is released.
 */
import { isLegacyConnect } from "../../extension/core/protocol/negotiate.ts";
import { call, isCalled, isGivenUp } from "./call.ts";
import { listen, type Raw } from "./ears.ts";
import { forget, happen } from "./happenings.ts";
import { isHandling, messageData, off, ownMethods, socketUrl } from "./platform/natives.ts";
import { afterCall, afterNew, patchClass, patchMethod } from "./platform/patches.ts";
import { looksLikeHandshake } from "./signs.ts";

type Listener = (event: Event) => void;
const EVENTS = ["open", "message", "error", "close"] as const;

/** What the hook does with a socket. */
export interface SocketEars extends Readonly<Record<(typeof EVENTS)[number], Listener>> {
  sent(data: unknown): void;
  closing(code: unknown, reason: unknown, duringMessage: boolean): void;
}

/** A socket that the page opened before the hook was there. */
export interface RawWebSocket extends Raw<(typeof EVENTS)[number]> {
  readonly socket: WebSocket;
  readonly url: string;
  ears: SocketEars | undefined;
  /** Stops watching it. */
  release(): void;
}

/** Limits the sockets that are watched without a sign of SignalR: to the newest. */
const MAX_EARLY = 100;
const early: RawWebSocket[] = [];

/** Created with the first socket. */
let sockets: WeakMap<object, RawWebSocket> | undefined;

/** The hook replaces these with its own. */
export const socketTraps = {
  construct: afterNew((socket) => {
    if (!isGivenUp()) watch(socket as WebSocket);
  }),
  send: afterCall((socket, args) => {
    const raw = sockets?.get(socket);
    if (raw && args.length > 0) noteSent(raw, args[0]);
  }),
  close: afterCall((socket, args) => {
    const raw = sockets?.get(socket);
    if (!raw) return;
    const during = isHandling(socket);
    happen(raw, () => raw.ears?.closing(args[0], args[1], during));
  }),
};

export function patchWebSocket(): void {
  patchClass("WebSocket", socketTraps.construct);
  patchMethod(WebSocket.prototype, "send", socketTraps.send);
  patchMethod(WebSocket.prototype, "close", socketTraps.close);
}

function watch(socket: WebSocket): void {
  const url = socketUrl(socket);
  let listeners: Listener[] = [];
  const raw: RawWebSocket = {
    socket,
    url,
    ears: undefined,
    release() {
      sockets?.delete(socket);
      forget(raw);
      EVENTS.forEach((type, i) => {
        off(socket, type, listeners[i] as Listener);
      });
    },
  };
  if (isLegacyConnect(url)) call();
  (sockets ??= ownMethods(new WeakMap())).set(socket, raw);
  happen(raw, (hook) => hook.socket(raw));
  listeners = listen(raw, socket, EVENTS, (event, type) => {
    if (isCalled()) return type === "message" ? sizeOf(messageData(event)) : 0;
    if (type === "open" || type === "error") return 0;
    // A SignalR server never sends first; and what is over can't show a sign any more.
    raw.release();
    return false;
  });
  if (!isCalled() && early.push(raw) > MAX_EARLY) early.shift()?.release();
}

function noteSent(raw: RawWebSocket, data: unknown): void {
  if (looksLikeHandshake(data)) call();
  if (isCalled()) happen(raw, () => raw.ears?.sent(data), sizeOf(data));
  else raw.release();
}

/** In characters or bytes. */
const sizeOf = (data: unknown): number => {
  const { length, byteLength, size } = Object(data) as Partial<{
    length: number;
    byteLength: number;
    size: number;
  }>;
  return length ?? byteLength ?? size ?? 0;
};
