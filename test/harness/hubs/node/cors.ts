import type { IncomingMessage, ServerResponse } from "node:http";

/** Allows pages of any origin to use the server with credentials. For that, the header must contain the origin, not `*`. */
export function allowOrigin(request: IncomingMessage, response: ServerResponse): void {
  const { origin } = request.headers;
  if (origin === undefined) return;
  response.setHeader("Access-Control-Allow-Origin", origin);
  response.setHeader("Access-Control-Allow-Credentials", "true");
  response.setHeader("Vary", "Origin");
}

/** Answers a preflight request; returns false for any other request. */
export function answerPreflight(request: IncomingMessage, response: ServerResponse): boolean {
  const method = request.headers["access-control-request-method"];
  if (request.method !== "OPTIONS" || method === undefined) return false;
  const headers = request.headers["access-control-request-headers"];
  response.setHeader("Access-Control-Allow-Methods", method);
  if (headers !== undefined) response.setHeader("Access-Control-Allow-Headers", headers);
  response.writeHead(204).end();
  return true;
}
