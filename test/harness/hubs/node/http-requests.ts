import type { IncomingMessage, ServerResponse } from "node:http";
import { setTimeout as wait } from "node:timers/promises";
import type { ControlCommand } from "../control-command.ts";
import { allowOrigin, answerPreflight } from "./cors.ts";
import { type HttpAnswer, json, text, write } from "./http-answer.ts";
import type { HubServer } from "./hub-server.ts";
import { answerLegacyRequest } from "./legacy-signalr.ts";
import { negotiateResponse, negotiateVersion } from "./negotiate.ts";
import { isRedirect, redirectResponse } from "./redirect.ts";
import { readBody } from "./request-body.ts";
import { authenticate } from "./test-token.ts";
import { answerTransportRequest } from "./transport-requests.ts";

/** Answers every request that isn't an upgrade. */
export async function answerRequest(
  server: HubServer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  allowOrigin(request, response);
  if (answerPreflight(request, response)) return;
  const answer = await answerTo(server, request, response);
  if (answer) write(response, answer);
}

/** Undefined when a transport will write the response. */
async function answerTo(
  server: HubServer,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<HttpAnswer | undefined> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://hub");
  const path = pathname.replace(/(\/negotiate)?\/?$/, "");
  const isNegotiate = /\/negotiate\/?$/.test(pathname);
  if (pathname === "/log" && request.method === "GET") return json(server.log.entries());
  if (pathname === "/control" && request.method === "POST") return control(server, request);
  if (pathname.startsWith("/signalr/")) return answerLegacyRequest(server.log, pathname, searchParams);
  if (isNegotiate && (server.endpoints.has(path) || isRedirect(path)))
    return request.method === "POST" ? negotiate(server, request, path, searchParams) : text(405);
  const endpoint = server.endpoints.get(path);
  return endpoint
    ? answerTransportRequest(server, endpoint, { request, response, path, query: searchParams })
    : text(404);
}

async function negotiate(
  server: HubServer,
  request: IncomingMessage,
  path: string,
  query: URLSearchParams,
): Promise<HttpAnswer> {
  const { misbehaviour, log } = server;
  const refused = (answer: HttpAnswer): HttpAnswer => {
    log.add("", "negotiate refused", String(answer.status));
    return answer;
  };
  if (misbehaviour.negotiateDelayMilliseconds > 0) await wait(misbehaviour.negotiateDelayMilliseconds);
  const standIn = misbehaviour.nextNegotiate();
  if (standIn) {
    const { status, body, retryAfterSeconds } = standIn;
    return refused({
      ...text(status, body),
      ...(retryAfterSeconds === undefined ? {} : { retryAfterSeconds }),
    });
  }
  const endpoint = server.endpoints.get(path);
  if (!endpoint) {
    const answer = redirectResponse(request, query);
    log.add("", "redirected", answer.url);
    return json(answer);
  }
  const token = endpoint.wantsToken && authenticate(request, query);
  if (token === 401 || token === 403) return refused(text(token));
  const agreed = negotiateVersion(query);
  if ("error" in agreed) return json({ error: agreed.error });
  const stateful = endpoint.allowsStatefulReconnects === true && query.get("useStatefulReconnect") === "true";
  const connection = server.createConnection(path, query, agreed.version, stateful);
  if (misbehaviour.nextIsForgotten()) connection.lost = true;
  log.add(connection.connectionId, "negotiated", path);
  return json(
    negotiateResponse(agreed.version, connection, {
      offered: misbehaviour.offeredTransports,
      without: endpoint.without,
    }),
  );
}

async function control(server: HubServer, request: IncomingMessage): Promise<HttpAnswer> {
  server.control(JSON.parse((await readBody(request)).toString()) as ControlCommand);
  return text(200);
}
