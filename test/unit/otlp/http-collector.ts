/** A real HTTP server that answers as told. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { gunzipSync } from "node:zlib";

export interface Got {
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

export interface HttpCollector {
  readonly url: string;
  readonly got: Got[];
  stop(): Promise<void>;
}

/** @param answer number: of the request, from 1 */
export async function httpCollector(
  answer: (to: ServerResponse, number: number, got: Got) => void,
): Promise<HttpCollector> {
  const got: Got[] = [];
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on("data", (part: Buffer) => parts.push(part));
    request.on("end", () => {
      const bytes = Buffer.concat(parts);
      const body = request.headers["content-encoding"] === "gzip" ? gunzipSync(bytes) : bytes;
      const one = { path: request.url ?? "", headers: request.headers, body: body.toString() };
      got.push(one);
      answer(response, got.length, one);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    got,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

export const json = (to: ServerResponse, status: number, body: unknown = {}, headers = {}): void => {
  to.writeHead(status, { "content-type": "application/json", ...headers }).end(JSON.stringify(body));
};
