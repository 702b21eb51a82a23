/** What the hook does at the page's WebSocket. Until it is there, the sentinel watches. */
import type { WebSocketConnection } from "../transport/websocket-connection.ts";
import {
  addressOf,
  apply,
  construct,
  guarded,
  socketTraps,
  socketUrl,
} from "../../sentinel/shared-with-hook.ts";
import { socketState } from "../platform/natives.ts";
import type { NewTarget } from "../transport/fault-hooks.ts";

const OPEN = 1;

export interface WebSocketHooks {
  opened(socket: WebSocket, url: string): void;
  threw(url: string, error: unknown): void;
  connectionOf(socket: object): WebSocketConnection | undefined;
  /** With a fault: what the page gets instead of a real socket. */
  refuse(url: unknown, newTarget: NewTarget): object | undefined;
}

export function hookWebSocket(hooks: WebSocketHooks): void {
  socketTraps.construct.construct = (target, args, newTarget) => {
    let refused: object | undefined;
    guarded(() => {
      refused = hooks.refuse(args[0], newTarget);
    });
    if (refused) return refused;
    let socket: WebSocket;
    try {
      socket = construct(target, args, newTarget) as WebSocket;
    } catch (error) {
      guarded(() => {
        hooks.threw(addressOf(args[0]), error);
      });
      throw error;
    }
    guarded(() => {
      hooks.opened(socket, socketUrl(socket));
    });
    return socket;
  };
  socketTraps.send.apply = (target, socket, args) => {
    const connection = hooks.connectionOf(socket);
    if (!connection || args.length === 0) return apply(target, socket, args);
    const silent = connection.muteOut !== 0 || connection.replaced;
    if (connection.pipe && !silent && socketState(socket) === OPEN) {
      guarded(() => connection.pipe?.out(args[0]));
      return undefined;
    }
    // The native call comes first: if it throws, nothing was sent.
    const sent = silent ? undefined : apply(target, socket, args);
    connection.sent(args[0]);
    return sent;
  };
  socketTraps.close.apply = (target, socket, args) => {
    const connection = hooks.connectionOf(socket);
    if (!connection) return apply(target, socket, args);
    const silent = connection.muteOut !== 0 || connection.replaced;
    if (connection.pipe && !silent) guarded(() => connection.pipe?.flush());
    const closed = silent ? undefined : apply(target, socket, args);
    guarded(() => {
      if (silent && !connection.replaced) connection.onSilentClose?.();
      connection.closing(args[0], args[1]);
    });
    return closed;
  };
}
