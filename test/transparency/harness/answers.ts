/** The test server's answers to requests under `/answers/…`; the rest of the URL (`/negotiate`, a query) is ignored. */
import type { IncomingMessage, ServerResponse } from "node:http";

type Answer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

const json = (response: ServerResponse, value: unknown, status = 200): void => {
  const body = JSON.stringify(value);
  response.writeHead(status, {
    "Content-Type": "application/json",
    "Content-Length": Buffer.byteLength(body),
  });
  response.end(body);
};

const held: ServerResponse[] = [];
let endless = 0;
/** The number of endless answers that a client still reads. */
export const endlessOpen = (): number => endless;

export const answers: Readonly<Record<string, Answer>> = {
  json(_request, response) {
    json(response, { any: "thing", list: [1, 2] });
  },
  traced({ headers }, response) {
    const names = ["sentry-trace", "baggage", "traceparent", "x-datadog-trace-id", "newrelic"];
    json(response, Object.fromEntries(names.map((name) => [name, headers[name] !== undefined])));
  },
  text(_request, response) {
    response.writeHead(200, { "Content-Type": "text/plain; charset=utf-8" }).end("Grüße, no JSON");
  },
  token(_request, response) {
    json(response, {
      negotiateVersion: 1,
      connectionId: "public",
      connectionToken: "not-of-signalr",
      availableTransports: [{ transport: "WebSockets", transferFormats: ["Text"] }],
    });
  },
  error(_request, response) {
    response
      .writeHead(503, "Out of Order", { "Content-Type": "text/html", "Retry-After": "5" })
      .end("<h1>broken</h1>");
  },
  empty(_request, response) {
    response.writeHead(204).end();
  },
  huge(_request, response) {
    response.writeHead(200, { "Content-Type": "text/plain" }).end(`<<<${"x".repeat(4_000_000)}>>>`);
  },
  /** The second half comes when somebody asks for `release`. */
  held(_request, response) {
    response.writeHead(200, { "Content-Type": "text/plain" });
    response.write("first, ");
    held.push(response);
  },
  release(_request, response) {
    for (const waiting of held.splice(0)) waiting.end("last");
    response.writeHead(204).end();
  },
  async stream(_request, response) {
    response.writeHead(200, { "Content-Type": "text/plain" });
    for (const chunk of ["one ", "two ", "three"]) {
      response.write(chunk);
      await new Promise((resolve) => setTimeout(resolve, 40));
    }
    response.end();
  },
  endless(_request, response) {
    endless++;
    response.writeHead(200, { "Content-Type": "application/json" });
    const timer = setInterval(() => response.write(`"${"x".repeat(1_000)}"`), 10);
    response.on("close", () => {
      clearInterval(timer);
      endless--;
    });
  },
  cut(_request, response) {
    response.writeHead(200, { "Content-Type": "application/json", "Content-Length": 100 });
    response.write('{"begin": ');
    setTimeout(() => response.destroy(), 20);
  },
  redirect(request, response) {
    const to = (request.url ?? "").replace("/redirect", "/json");
    response.writeHead(307, { Location: to }).end();
  },
  events(_request, response) {
    response.writeHead(200, { "Content-Type": "text/event-stream" });
    response.write(
      "retry: 60000\n\ndata: one\n\nid: 7\ndata: two\ndata: lines\n\nevent: own\ndata: named\n\n",
    );
    setTimeout(() => response.end(), 40);
  },
  slow() {
    // never
  },
  async echo(request, response) {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const { "x-own": own, "content-type": type = "" } = request.headers;
    const body = Buffer.concat(chunks).toString();
    json(response, {
      method: request.method,
      own,
      type: type.replace(/boundary=.*/, ""),
      body: body.replace(/-{4,}\S*/g, ""),
    });
  },
};
