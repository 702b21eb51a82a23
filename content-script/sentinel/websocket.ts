/**
 * Wraps the page's WebSocket so that it stays the real one: the sockets are native, `instanceof`, prototype, static members and
 * errors are unchanged, and our listeners run first because they are added inside the `construct` trap. Until the hook comes,
 * a socket is watched up to its first frame: one that doesn't begin like SignalR's is released.
 */
import { isLegacyConnect } from "../../extension/core/protocol/negotiate.ts";
import { call, isCalled, isGivenUp } from "./call.ts";
import { forget, happen, isLive } from "./happenings.ts";
import { theHook } from "./interpreter.ts";
import { guarded } from "./platform/guard.ts";
import {
  NativeWebSocket,
  apply,
  construct,
  isHandling,
  messageData,
  off,
  on,
  ownMethods,
  socketUrl,
} from "./platform/natives.ts";
import { patchClass, patchMethod, type ApplyTrap, type ConstructTrap } from "./platform/patches.ts";
import { looksLikeHandshake } from "./signs.ts";

type Listener = (event: Event) => void;
const EVENTS = ["open", "message", "error", "close"] as const;

/** What the hook does with a socket. */
export interface SocketEars extends Readonly<Record<(typeof EVENTS)[number], Listener>> {
  sent(data: unknown): void;
  closing(code: unknown, reason: unknown, duringMessage: boolean): void;
}

/** A socket that the page opened before the hook was there. */
export interface RawWebSocket {
  readonly socket: WebSocket;
  readonly url: string;
  /** undefined: the hook isn't there yet, or the socket is of no interest. */
  ears: SocketEars | undefined;
  /** Stops watching it. */
  release(): void;
}

/** Created with the first socket. */
let sockets: WeakMap<object, RawWebSocket> | undefined;

/** The hook replaces these with its own. */
export const socketTraps: { construct: ConstructTrap; send: ApplyTrap; close: ApplyTrap } = {
  construct: {
    construct(target, args, newTarget) {
      const socket = construct(target, args, newTarget) as WebSocket;
      guarded(() => {
        if (!isGivenUp()) watch(socket);
      });
      return socket;
    },
  },
  send: {
    apply(target, socket, args) {
      // The native call comes first: if it throws, nothing was sent.
      const sent = apply(target, socket, args);
      const raw = sockets?.get(socket);
      if (raw && args.length > 0)
        guarded(() => {
          noteSent(raw, args[0]);
        });
      return sent;
    },
  },
  close: {
    apply(target, socket, args) {
      const closed = apply(target, socket, args);
      const raw = sockets?.get(socket);
      if (raw)
        guarded(() => {
          const during = isHandling(socket);
          happen(raw, () => raw.ears?.closing(args[0], args[1], during));
        });
      return closed;
    },
  },
};

export function patchWebSocket(): void {
  patchClass("WebSocket", socketTraps.construct);
  patchMethod(NativeWebSocket.prototype, "send", socketTraps.send);
  patchMethod(NativeWebSocket.prototype, "close", socketTraps.close);
}

function watch(socket: WebSocket): void {
  const url = socketUrl(socket);
  const listeners: Listener[] = [];
  const raw: RawWebSocket = {
    socket,
    url,
    ears: undefined,
    release() {
      sockets?.delete(socket);
      forget(raw);
      for (let i = 0; i < EVENTS.length; i++) off(socket, EVENTS[i] ?? "", listeners[i] as Listener);
    },
  };
  for (let i = 0; i < EVENTS.length; i++) {
    const type = EVENTS[i] as (typeof EVENTS)[number];
    on(
      socket,
      type,
      (listeners[i] = (event) => {
        if (isLive()) raw.ears?.[type](event);
        else if (event.isTrusted)
          guarded(() => {
            // A SignalR server never sends first.
            if (type === "message" && !isCalled()) raw.release();
            else
              happen(raw, () => raw.ears?.[type](event), type === "message" ? sizeOf(messageData(event)) : 0);
          });
      }),
    );
  }
  (sockets ??= ownMethods(new WeakMap())).set(socket, raw);
  if (isLegacyConnect(url)) call();
  happen(raw, () => theHook()?.socket(raw));
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
