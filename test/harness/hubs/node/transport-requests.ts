import type { IncomingMessage, ServerResponse } from "node:http";
import type { TransportName } from "../control-command.ts";
import { type HttpAnswer, text } from "./http-answer.ts";
import type { HttpConnection } from "./http-connections.ts";
import type { HubEndpoint } from "./hub-endpoints.ts";
import type { HubServer } from "./hub-server.ts";
import { LongPollingTransport } from "./long-polling-transport.ts";
import { readBody } from "./request-body.ts";
import { ServerSentEventsTransport } from "./server-sent-events-transport.ts";
import { fromStandIn, missing, unauthorized, unsupported, whyNotCarriedBy } from "./transport-refusals.ts";

export interface TransportRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly path: string;
  readonly query: URLSearchParams;
}

/**
 * Answers GETs (event streams, polls), POSTs and DELETEs. Undefined when a transport writes the response; otherwise a refusal
 * worded as by the .NET server.
 */
export async function answerTransportRequest(
  server: HubServer,
  endpoint: HubEndpoint,
  exchange: TransportRequest,
): Promise<HttpAnswer | undefined> {
  switch (exchange.request.method) {
    case "POST":
      return send(server, endpoint, exchange);
    case "DELETE":
      return terminate(server, endpoint, exchange);
    case "GET":
      return connect(server, endpoint, exchange);
    case undefined:
    default:
      return text(405);
  }
}

function connect(
  server: HubServer,
  endpoint: HubEndpoint,
  exchange: TransportRequest,
): HttpAnswer | undefined {
  const { request, query } = exchange;
  const wantsEvents = /\btext\/event-stream\b/.test(request.headers.accept ?? "");
  const name: TransportName = wantsEvents ? "ServerSentEvents" : "LongPolling";
  const token = query.get("id") ?? "";
  const connection = server.connections.find(token);
  const refusal =
    fromStandIn(server.nextStandIn(name, token)) ??
    unauthorized(endpoint, exchange) ??
    missing(connection, query) ??
    unsupported(name, endpoint) ??
    (connection && whyNotCarriedBy(name, connection));
  if (refusal || !connection) {
    const answer = refusal ?? text(404);
    server.log.add(server.connections.idOf(token), "transport refused", `${name} ${answer.status}`);
    return answer;
  }
  if (wantsEvents) openEventStream(server, connection, exchange);
  else poll(server, connection, exchange);
  return undefined;
}

function openEventStream(
  server: HubServer,
  connection: HttpConnection,
  { request, response, query }: TransportRequest,
): void {
  const transport = new ServerSentEventsTransport(response);
  connection.httpTransport = transport;
  transport.listen(server.carry(connection, transport, { request, query }));
  takeEarly(connection);
}

function poll(
  server: HubServer,
  connection: HttpConnection,
  { request, response, query }: TransportRequest,
): void {
  const known = connection.httpTransport;
  if (known instanceof LongPollingTransport) return known.poll(response);
  const { longPollTimeoutMilliseconds, disconnectTimeoutMilliseconds } = server.options(query);
  const transport = new LongPollingTransport({
    pollTimeoutMilliseconds: longPollTimeoutMilliseconds,
    disconnectTimeoutMilliseconds,
  });
  connection.httpTransport = transport;
  const { onData, onClosed } = server.carry(connection, transport, { request, query });
  transport.listen({
    onData,
    onClosed,
    onPollCame: () => server.log.add(connection.connectionId, "poll came"),
    onPollAnswered: (status) => server.log.add(connection.connectionId, "poll answered", String(status)),
    onForgotten: () => server.connections.remove(connection),
  });
  transport.poll(response);
  takeEarly(connection);
}

function takeEarly({ early, httpTransport }: HttpConnection): void {
  for (const body of early.splice(0)) void httpTransport?.receive(body);
}

async function send(
  server: HubServer,
  endpoint: HubEndpoint,
  { request, query }: TransportRequest,
): Promise<HttpAnswer> {
  const body = await readBody(request);
  const token = query.get("id") ?? "";
  const connection = server.connections.find(token);
  const refusal =
    fromStandIn(server.nextStandIn("send", token)) ??
    unauthorized(endpoint, { request, query }) ??
    missing(connection, query) ??
    (connection?.transportName === "WebSockets"
      ? text(405, "POST requests are not allowed for WebSocket connections.")
      : undefined);
  if (refusal || !connection) {
    const answer = refusal ?? text(404);
    server.log.add(server.connections.idOf(token), "send refused", String(answer.status));
    return answer;
  }
  if (connection.httpTransport) await connection.httpTransport.receive(body);
  else connection.early.push(body);
  return text(200);
}

function terminate(
  server: HubServer,
  endpoint: HubEndpoint,
  { request, query }: TransportRequest,
): HttpAnswer {
  const token = query.get("id") ?? "";
  const connection = server.connections.find(token);
  const answer =
    unauthorized(endpoint, { request, query }) ?? missing(connection, query) ?? whyNotDeleted(connection);
  server.log.add(server.connections.idOf(token), "delete answered", String(answer?.status ?? 202));
  if (answer) return answer;
  // The waiting poll still receives the Close message.
  connection?.hubConnection?.close({ allowReconnect: true });
  if (connection?.httpTransport instanceof LongPollingTransport) connection.httpTransport.terminate();
  return text(202);
}

function whyNotDeleted(connection: HttpConnection | undefined): HttpAnswer | undefined {
  return connection?.httpTransport instanceof LongPollingTransport
    ? undefined
    : text(400, "Cannot terminate this connection using the DELETE endpoint.");
}
