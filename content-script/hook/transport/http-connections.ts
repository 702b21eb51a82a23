/** The transport connections over HTTP requests, by their connection token. */
import type { RequestId, SocketId } from "../../../extension/core/ids.ts";
import { readHandshakeRequest } from "../../../extension/core/protocol/handshake.ts";
import { addressOf } from "../../../extension/core/protocol/addresses.ts";
import { createEventStream, type EventSourceConnection } from "./event-stream.ts";
import type { HttpConnection, HttpConnectionContext } from "./http-connection.ts";
import type { HttpRequest, HttpWatch } from "./http-request.ts";
import { watchRefresh } from "./refresh.ts";
import { tokenIn, type TransportConnection, type TransportConnections } from "./transport-connection.ts";
import { createPolling } from "./long-polling.ts";
import type { RawEventSource } from "../../sentinel/event-source.ts";
import { beginningOf } from "../record/binary-messages.ts";
import { now, ownMethods } from "../../sentinel/shared-with-hook.ts";

/** Limits the connections: late requests of older ones aren't recorded. */
const MAX_LINKS = 200;

export interface Transports {
  /** A request whose address could hold a connection token. */
  sees(request: HttpRequest): HttpWatch | undefined;
  /** Whether this is the address of a connection, by a token that is known. */
  knows(url: string): boolean;
  /** The connection with this address. */
  idOf(url: string): SocketId | undefined;
  source(source: EventSource, url: string, raw?: RawEventSource): EventSourceConnection | undefined;
}

export function createTransports(
  connections: TransportConnections,
  requestOf: (token: string) => RequestId | undefined,
  context: HttpConnectionContext & { beforeStart(): void },
): Transports {
  const byToken = ownMethods(new Map<string, HttpConnection>());
  const keep = <L extends HttpConnection & TransportConnection>(token: string, connection: L): L => {
    byToken.set(token, connection);
    if (byToken.size > MAX_LINKS) byToken.delete(byToken.keys().next().value ?? "");
    connections.add(connection);
    return connection;
  };
  const absolute = (url: string): string => new URL(url, document.baseURI).href;
  return {
    sees(request) {
      const token = tokenIn(request.url);
      if (token === undefined) return undefined;
      let connection = byToken.get(token);
      const negotiate = requestOf(token);
      const { method, body, url: given } = request;
      if (
        negotiate !== undefined &&
        method === "POST" &&
        /\/refresh\?/.test(given) &&
        // The hub itself may be called that.
        (!connection || addressOf(connection.url) !== addressOf(absolute(given)))
      )
        return watchRefresh(request, negotiate, context.recorder);
      if (!connection) {
        // Without a negotiate a connection is recognised by its handshake.
        const begins =
          negotiate === undefined
            ? method === "POST" && readHandshakeRequest(beginningOf(body)) !== null
            : method === "GET";
        if (!begins) return undefined;
        context.beforeStart();
        const url = absolute(request.url);
        const beginning = {
          id: connections.nextId(),
          transport: "LongPolling",
          url,
          at: now(),
          request: negotiate,
        } as const;
        connection = keep(token, createPolling(beginning, context));
      }
      context.recorder.tokens.rememberOf(request.url, request.header("Authorization"));
      return connection.sees(request);
    },
    knows(url) {
      const token = tokenIn(url);
      return token !== undefined && (byToken.has(token) || requestOf(token) !== undefined);
    },
    idOf: (url) => byToken.get(tokenIn(url) ?? "")?.id,
    source(source, url, raw) {
      const token = tokenIn(url);
      const request = token === undefined ? undefined : requestOf(token);
      if (token === undefined || request === undefined) return undefined;
      context.beforeStart();
      const beginning = {
        id: connections.nextId(),
        transport: "ServerSentEvents",
        url,
        at: now(),
        request,
      } as const;
      return keep(token, createEventStream(source, beginning, context, raw));
    },
  };
}
