/** A collector of OTLP over HTTP for tests, at another origin than the page: it allows what CORS needs, and remembers what came. */
import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";

export interface Received {
  readonly path: string;
  readonly text: string;
  readonly headers: IncomingHttpHeaders;
}

export interface Collector {
  readonly url: string;
  /** Requests with content. */
  readonly received: readonly Received[];
  /** Preflights by the path. */
  readonly preflights: readonly string[];
  /** Statuses of the next answers; then 200. */
  answerNext(...statuses: number[]): void;
  /** Resolves when something has come since the call, or has come already, of which `isIt` is true. */
  until<T>(find: (received: readonly Received[]) => T | undefined): Promise<T>;
  stop(): Promise<void>;
}

export async function startCollector(): Promise<Collector> {
  const received: Received[] = [];
  const preflights: string[] = [];
  let statuses: number[] = [];
  let waiting: (() => void)[] = [];
  const server = createServer((request, response) => {
    const { origin = "*", "access-control-request-headers": asked = "" } = request.headers;
    response.setHeader("Access-Control-Allow-Origin", origin);
    response.setHeader("Access-Control-Allow-Credentials", "true");
    response.setHeader("Access-Control-Allow-Headers", asked);
    if (request.method === "OPTIONS") {
      preflights.push(request.url ?? "");
      response.writeHead(204).end();
      return;
    }
    let text = "";
    request.setEncoding("utf8").on("data", (part: string) => (text += part));
    request.on("end", () => {
      const status = statuses.shift() ?? 200;
      if (status === 200) received.push({ path: request.url ?? "", text, headers: request.headers });
      response.writeHead(status, { "Content-Type": "application/json" }).end("{}");
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    preflights,
    answerNext(...next) {
      statuses = next;
    },
    async until(find) {
      for (;;) {
        const found = find(received);
        if (found !== undefined) return found;
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
