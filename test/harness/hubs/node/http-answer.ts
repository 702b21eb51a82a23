import type { ServerResponse } from "node:http";

/** The response to an HTTP request. */
export interface HttpAnswer {
  status: number;
  type: "application/json" | "application/octet-stream" | "text/plain";
  body: string | Buffer;
  retryAfterSeconds?: number;
}

export function text(status: number, body = ""): HttpAnswer {
  return { status, type: "text/plain", body };
}

export function json(value: unknown): HttpAnswer {
  return { status: 200, type: "application/json", body: JSON.stringify(value) };
}

export function write(response: ServerResponse, { status, type, body, retryAfterSeconds }: HttpAnswer): void {
  if (retryAfterSeconds !== undefined) response.setHeader("Retry-After", retryAfterSeconds);
  const length = status === 204 ? {} : { "Content-Length": Buffer.byteLength(body) };
  response.writeHead(status, { "Content-Type": type, ...length }).end(body);
}
