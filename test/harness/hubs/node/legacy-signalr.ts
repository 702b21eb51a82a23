import { randomBytes } from "node:crypto";
import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { type HttpAnswer, json, text } from "./http-answer.ts";
import type { ServerLog } from "./server-log.ts";

/** Values in the negotiate response of ASP.NET SignalR 2, in seconds. */
const keepAliveSeconds = 20;
const disconnectSeconds = 30;

/** Answers the requests of an ASP.NET SignalR 2 client. Its protocol has only the name in common with ASP.NET Core SignalR. */
export function answerLegacyRequest(log: ServerLog, path: string, query: URLSearchParams): HttpAnswer {
  switch (path) {
    case "/signalr/negotiate": {
      const connectionId = randomBytes(16).toString("hex");
      log.add(connectionId, "legacy negotiated", query.get("clientProtocol") ?? "");
      return json({
        Url: "/signalr",
        ConnectionToken: randomBytes(32).toString("base64"),
        ConnectionId: connectionId,
        KeepAliveTimeout: keepAliveSeconds,
        DisconnectTimeout: disconnectSeconds,
        ConnectionTimeout: 110,
        TryWebSockets: true,
        ProtocolVersion: query.get("clientProtocol") ?? "2.1",
        TransportConnectTimeout: 5,
        LongPollDelay: 0,
      });
    }
    case "/signalr/start":
      return json({ Response: "started" });
    case "/signalr/ping":
      return json({ Response: "pong" });
    case "/signalr/abort":
      return text(200);
    default:
      return text(404);
  }
}

/**
 * The socket of an ASP.NET SignalR 2 server, to test that Hubscope distinguishes the two SignalRs: JSON objects without record
 * separators, a cursor `C`, `S: 1` in the first one, and a call `{H, M, A, I}` answered with its first argument.
 */
export class LegacySignalR {
  readonly #log: ServerLog;
  readonly #server = new WebSocketServer({ noServer: true });
  #messages = 0;

  constructor(log: ServerLog) {
    this.#log = log;
  }

  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#server.handleUpgrade(request, socket, head, (webSocket) => this.#serve(webSocket));
  }

  stop(): void {
    for (const webSocket of this.#server.clients) webSocket.terminate();
  }

  #serve(webSocket: WebSocket): void {
    this.#log.add("", "legacy socket opened");
    const send = (message: object): void => webSocket.send(JSON.stringify(message));
    const keepAlive = setInterval(() => send({}), (keepAliveSeconds / 2) * 1_000);
    send({ C: this.#cursor(), S: 1, M: [] });
    webSocket.on("message", (data: Buffer) => {
      const { H: hub, M: method, A: args = [], I: id } = JSON.parse(data.toString()) as LegacyCall;
      send({ C: this.#cursor(), M: [{ H: hub, M: method, A: args }] });
      send({ I: String(id), R: args[0] });
    });
    webSocket.on("close", () => clearInterval(keepAlive));
    webSocket.on("error", () => webSocket.terminate());
  }

  #cursor(): string {
    return `d-${(++this.#messages).toString(16).toUpperCase()}`;
  }
}

interface LegacyCall {
  H?: string;
  M?: string;
  A?: unknown[];
  I?: number | string;
}
