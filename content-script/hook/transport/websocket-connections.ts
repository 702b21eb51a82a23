/** The WebSocket connections of the page, by their native sockets. */
import type { RequestId } from "../../../extension/core/ids.ts";
import { tokenIn, type TransportConnections } from "./transport-connection.ts";
import { createConnectionRecorder } from "../record/connection-recorder.ts";
import { errorWords } from "../record/error-text.ts";
import { now, ownMethods } from "../../sentinel/shared-with-hook.ts";
import type { RawWebSocket } from "../../sentinel/websocket.ts";
import type { Recorder } from "../record/recorder.ts";
import { createWebSocketConnection, type WebSocketConnection } from "./websocket-connection.ts";

export interface Sockets {
  /** @param raw the sentinel's, if it has seen the socket */
  add(socket: WebSocket, url: string, raw?: RawWebSocket): WebSocketConnection;
  /**
   * The constructor threw, as Firefox's does where the page's policy forbids the address: there is no socket. It is recorded all
   * the same, so that the client's next transport is seen as its next one.
   */
  threw(url: string, error: unknown): void;
  connectionOf(socket: object): WebSocketConnection | undefined;
  /** A negotiate's token became known: checks the sockets again that aren't recognised yet. */
  recheck(): void;
}

export function createSockets(
  recorder: Recorder,
  negotiates: { requestOf(token: string): RequestId | undefined; readonly pending: number },
  connections: TransportConnections,
  knows: (url: string) => boolean,
): Sockets {
  const known = ownMethods(new WeakMap<object, WebSocketConnection>());
  const unknown = ownMethods(new Set<WebSocketConnection>());
  const context = {
    recorder,
    requestOf: (token: string) => negotiates.requestOf(token),
    negotiating: () => negotiates.pending > 0,
    knows,
    nextSocketId: connections.nextId,
    recognised(connection: WebSocketConnection): void {
      unknown.delete(connection);
      connections.add(connection);
    },
    release(connection: WebSocketConnection): void {
      unknown.delete(connection);
      connections.remove(connection);
      if (connection.id === 0) known.delete(connection.socket);
    },
  };
  return {
    add(socket, url, raw) {
      const connection = createWebSocketConnection(socket, url, context, raw);
      known.set(socket, connection);
      unknown.add(connection);
      connection.recheck();
      return connection;
    },
    threw(url, error) {
      const request = negotiates.requestOf(tokenIn(url) ?? "");
      if (request === undefined) return;
      const beginning = {
        id: connections.nextId(),
        transport: "WebSockets",
        url,
        at: now(),
        request,
      } as const;
      createConnectionRecorder(beginning, recorder).closed({
        code: null,
        reason: "",
        wasClean: false,
        error: errorWords(error),
      });
    },
    connectionOf: (socket) => known.get(socket),
    recheck() {
      for (const connection of unknown) connection.recheck();
    },
  };
}
