/**
 * The page's WebSocket, wrapped so that it stays the real one: the sockets are native, `instanceof`, prototype, statics
 * and errors are unchanged, and our listeners come first because they are added inside construct.
 */
import type { Tap } from "../transport/websocket-connection.ts";
import { guarded } from "../platform/guard.ts";
import { NativeWebSocket, apply, construct, socketState, socketUrl, wrap } from "../platform/natives.ts";
import { patchValue } from "../platform/patches.ts";
import type { NewTarget } from "../transport/fault-hooks.ts";

const OPEN = 1;

export interface WebSocketHooks {
  opened(socket: WebSocket, url: string): void;
  tapOf(socket: WebSocket): Tap | undefined;
  /** Under a fault: what the page gets in place of a real socket. */
  refuse(url: unknown, newTarget: NewTarget): object | undefined;
}

export function hookWebSocket(hooks: WebSocketHooks): () => void {
  const wrapped: typeof WebSocket = wrap(NativeWebSocket, {
    construct(target, args: unknown[], newTarget) {
      const own = newTarget === wrapped ? target : newTarget;
      let refused: object | undefined;
      guarded(() => {
        refused = hooks.refuse(args[0], own);
      });
      if (refused) return refused;
      const socket = construct(target, args, own) as WebSocket;
      guarded(() => {
        hooks.opened(socket, socketUrl(socket));
      });
      return socket;
    },
  });
  const restore = [
    patchValue(window, "WebSocket", () => wrapped),
    patchValue(NativeWebSocket.prototype, "constructor", () => wrapped),
    patchValue(NativeWebSocket.prototype, "send", (native: WebSocket["send"]) => {
      return wrap(native, {
        apply(target, socket: WebSocket, args: unknown[]) {
          const tap = hooks.tapOf(socket);
          if (!tap || args.length === 0) return apply(target, socket, args) as unknown;
          const silent = tap.muteOut !== 0 || tap.replaced;
          if (tap.pipe && !silent && socketState(socket) === OPEN) {
            guarded(() => tap.pipe?.out(args[0]));
            return undefined;
          }
          // Natively first: what it refuses was never sent.
          const sent = silent ? undefined : (apply(target, socket, args) as unknown);
          tap.sent(args[0]);
          return sent;
        },
      });
    }),
    patchValue(NativeWebSocket.prototype, "close", (native: WebSocket["close"]) => {
      return wrap(native, {
        apply(target, socket: WebSocket, args: unknown[]) {
          const tap = hooks.tapOf(socket);
          if (!tap) return apply(target, socket, args) as unknown;
          const silent = tap.muteOut !== 0 || tap.replaced;
          if (tap.pipe && !silent) guarded(() => tap.pipe?.flush());
          const closed = silent ? undefined : (apply(target, socket, args) as unknown);
          guarded(() => {
            if (silent && !tap.replaced) tap.onSilentClose?.();
            tap.closing(args[0], args[1]);
          });
          return closed;
        },
      });
    }),
  ];
  return () => {
    for (const undo of restore.reverse()) undo();
  };
}
