/** Transport connections that are made of HTTP requests, by their connection token. */
import type { RequestId } from "../../../extension/core/ids.ts";
import { readHandshakeRequest } from "../../../extension/core/protocol/handshake.ts";
import { createEventStream, type SourceLink } from "./event-stream.ts";
import type { HttpLink, HttpLinkContext } from "./http-connection.ts";
import type { HttpRequest, HttpWatch } from "./http-request.ts";
import { tokenIn, type Link, type Links } from "./transport-connection.ts";
import { createPolling } from "./long-polling.ts";
import { now, ownMethods } from "../platform/natives.ts";

/** Of the newest; late requests of those before aren't recorded. */
const MOST_LINKS = 200;

export interface Transports {
  /** A request whose address could hold a connection token. */
  sees(request: HttpRequest): HttpWatch | undefined;
  /** Whether this is the address of a connection, by a token that is known. */
  knows(url: string): boolean;
  source(source: EventSource, url: string): SourceLink | undefined;
}

export function createTransports(
  links: Links,
  requestOf: (token: string) => RequestId | undefined,
  context: HttpLinkContext & { beforeStart(): void },
): Transports {
  const byToken = ownMethods(new Map<string, HttpLink>());
  const keep = <L extends HttpLink & Link>(token: string, link: L): L => {
    byToken.set(token, link);
    if (byToken.size > MOST_LINKS) byToken.delete(byToken.keys().next().value ?? "");
    links.add(link);
    return link;
  };
  const absolute = (url: string): string => new URL(url, document.baseURI).href;
  return {
    sees(request) {
      const token = tokenIn(request.url);
      if (token === undefined) return undefined;
      let link = byToken.get(token);
      if (!link) {
        const negotiate = requestOf(token);
        const { method, body } = request;
        // Nobody saw a negotiate: a handshake says as much.
        const begins =
          negotiate === undefined
            ? method === "POST" && typeof body === "string" && readHandshakeRequest(body) !== null
            : method === "GET";
        if (!begins) return undefined;
        context.beforeStart();
        const url = absolute(request.url);
        const beginning = {
          id: links.nextId(),
          transport: "LongPolling",
          url,
          at: now(),
          request: negotiate,
        } as const;
        link = keep(token, createPolling(beginning, context));
      }
      context.recorder.tokens.rememberOf(request.url, request.header("Authorization"));
      return link.sees(request);
    },
    knows(url) {
      const token = tokenIn(url);
      return token !== undefined && (byToken.has(token) || requestOf(token) !== undefined);
    },
    source(source, url) {
      const token = tokenIn(url);
      const request = token === undefined ? undefined : requestOf(token);
      if (token === undefined || request === undefined) return undefined;
      context.beforeStart();
      const beginning = {
        id: links.nextId(),
        transport: "ServerSentEvents",
        url,
        at: now(),
        request,
      } as const;
      return keep(token, createEventStream(source, beginning, context));
    },
  };
}
