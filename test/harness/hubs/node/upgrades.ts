import { type IncomingMessage, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { type HttpAnswer, text } from "./http-answer.ts";
import type { HubServer } from "./hub-server.ts";
import { fromStandIn, missing, unauthorized, unsupported, whyNotCarriedBy } from "./transport-refusals.ts";

/** Attaches a WebSocket to its negotiated connection, or refuses the upgrade as ASP.NET Core does. */
export function answerUpgrade(
  server: HubServer,
  request: IncomingMessage,
  socket: Duplex,
  head: Buffer,
): void {
  const { pathname, searchParams: query } = new URL(request.url ?? "/", "http://hub");
  const path = pathname.replace(/\/$/, "");
  if (path === "/signalr/connect") return server.legacy.accept(request, socket, head);
  const known = server.connections.find(query.get("id") ?? "");
  const refuse = (answer: HttpAnswer): void => {
    server.log.add(
      server.connections.idOf(query.get("id") ?? ""),
      "transport refused",
      `WebSockets ${answer.status}`,
    );
    refuseUpgrade(socket, answer);
  };
  const refusal = whyRefused(server, request, path, query);
  if (refusal) return refuse(refusal);
  const connection = known ?? server.createConnection(path, query, 0, false);
  const accept = (): void => server.acceptWebSocket(connection, { request, socket, head, query });
  const carrier = connection.hubConnection?.transport;
  if (!carrier) return accept();
  // The .NET server closes the old socket before it accepts the new one. If the client answers that close frame, the
  // connection ends.
  connection.onFree = () => {
    if (server.connections.find(connection.connectionToken)) accept();
    else refuse(text(404));
  };
  carrier.close();
}

function whyRefused(
  server: HubServer,
  request: IncomingMessage,
  path: string,
  query: URLSearchParams,
): HttpAnswer | undefined {
  const endpoint = server.endpoints.get(path);
  const token = query.get("id") ?? "";
  const known = server.connections.find(token);
  return (
    fromStandIn(server.nextStandIn("WebSockets", token)) ??
    (endpoint ? unauthorized(endpoint, { request, query }) : text(404)) ??
    // A request without an id comes from a client that skips the negotiation.
    (token === "" ? undefined : missing(known, query)) ??
    (endpoint && unsupported("WebSockets", endpoint)) ??
    (known && whyNotCarriedBy("WebSockets", known))
  );
}

function refuseUpgrade(socket: Duplex, { status, body }: HttpAnswer): void {
  socket.end(
    [
      `HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ""}`,
      "Connection: close",
      "Content-Type: text/plain",
      `Content-Length: ${Buffer.byteLength(body)}`,
      "",
      body.toString(),
    ].join("\r\n"),
  );
}
