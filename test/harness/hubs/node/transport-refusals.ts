import type { IncomingMessage } from "node:http";
import type { TransportName } from "../control-command.ts";
import { type HttpAnswer, text } from "./http-answer.ts";
import type { HttpConnection } from "./http-connections.ts";
import type { HubEndpoint } from "./hub-endpoints.ts";
import type { StandIn } from "./misbehaviour.ts";
import { authenticate } from "./test-token.ts";

/** The .NET server's refusal if this transport can't carry the connection (any more); undefined if it can. */
export function whyNotCarriedBy(name: TransportName, connection: HttpConnection): HttpAnswer | undefined {
  const { transportName, hubConnection } = connection;
  if (transportName === undefined) return undefined;
  if (transportName !== name) return text(400, "Cannot change transports mid-connection");
  if (name === "LongPolling" || hubConnection?.stateful === "yes") return undefined;
  return text(hubConnection?.stateful === "ended" ? 404 : 409);
}

export function unsupported(name: TransportName, { without }: HubEndpoint): HttpAnswer | undefined {
  return without === name ? text(404, `${name} transport not supported by this end point type`) : undefined;
}

/** The answer to a request whose id is missing or unknown. */
export function missing(
  connection: HttpConnection | undefined,
  query: URLSearchParams,
): HttpAnswer | undefined {
  if ((query.get("id") ?? "") === "") return text(400, "Connection ID required");
  return connection === undefined || connection.lost ? text(404, "No Connection with that ID") : undefined;
}

export function fromStandIn(standIn: StandIn | undefined): HttpAnswer | undefined {
  return standIn && text(standIn.status, standIn.body);
}

export function unauthorized(
  endpoint: HubEndpoint,
  { request, query }: { request: IncomingMessage; query: URLSearchParams },
): HttpAnswer | undefined {
  const token = endpoint.wantsToken ? authenticate(request, query) : undefined;
  return typeof token === "number" ? text(token) : undefined;
}
