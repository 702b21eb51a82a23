/**
 * Wraps the page's WebSocket so that it stays the real one: the sockets are native, `instanceof`, prototype, static members and
 * errors are unchanged, and our listeners run first because they are added inside the `construct` trap.
 */
import type { WebSocketConnection } from "../transport/websocket-connection.ts";
import { guarded } from "../platform/guard.ts";
import { NativeWebSocket, apply, construct, socketState, socketUrl, wrap } from "../platform/natives.ts";
import { patchValue } from "../platform/patches.ts";
import type { NewTarget } from "../transport/fault-hooks.ts";

const OPEN = 1;

export interface WebSocketHooks {
  opened(socket: WebSocket, url: string): void;
  connectionOf(socket: WebSocket): WebSocketConnection | undefined;
  /** With a fault: what the page gets instead of a real socket. */
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
          const connection = hooks.connectionOf(socket);
          if (!connection || args.length === 0) return apply(target, socket, args) as unknown;
          const silent = connection.muteOut !== 0 || connection.replaced;
          if (connection.pipe && !silent && socketState(socket) === OPEN) {
            guarded(() => connection.pipe?.out(args[0]));
            return undefined;
          }
          // The native call comes first: if it throws, nothing was sent.
          const sent = silent ? undefined : (apply(target, socket, args) as unknown);
          connection.sent(args[0]);
          return sent;
        },
      });
    }),
    patchValue(NativeWebSocket.prototype, "close", (native: WebSocket["close"]) => {
      return wrap(native, {
        apply(target, socket: WebSocket, args: unknown[]) {
          const connection = hooks.connectionOf(socket);
          if (!connection) return apply(target, socket, args) as unknown;
          const silent = connection.muteOut !== 0 || connection.replaced;
          if (connection.pipe && !silent) guarded(() => connection.pipe?.flush());
          const closed = silent ? undefined : (apply(target, socket, args) as unknown);
          guarded(() => {
            if (silent && !connection.replaced) connection.onSilentClose?.();
            connection.closing(args[0], args[1]);
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
