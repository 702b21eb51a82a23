/**
 * The server of the soak: its page, alone or with frames that show the same page, and a hub that sends messages at a given rate, each
 * in a frame of its own, and cuts its connections on demand. (The test harness's hub joins messages that wait.)
 */
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { WebSocketServer, type WebSocket } from "ws";
import type { HubMessage } from "../../harness/hubs/node/hub-messages.ts";
import { jsonHubProtocol, readRecord, writeRecord } from "../../harness/hubs/node/json-hub-protocol.ts";
import { MessageReader } from "../../harness/hubs/node/message-reader.ts";
import { bundleForPage } from "../bundle.ts";
import { message } from "../hook/messages.ts";
import { due, type Feed } from "./feed.ts";

const LONGEST = 2 ** 20;
const TICK = 20;
const PING_EVERY = 10_000;
const SIZE = 200;

export interface SoakServer {
  /** Of the page with so many frames. */
  url(frames: number): string;
  stop(): void;
}

export async function serveSoak(): Promise<SoakServer> {
  const script = await bundleForPage("test/bench/soak/page.ts");
  const lines = new Set<Line>();
  const server = createServer(({ url = "/" }, response) => {
    const { pathname, searchParams } = new URL(url, "http://soak");
    const answer = (type: string, body: string): void => {
      response.writeHead(200, { "Content-Type": type, "Cache-Control": "no-store" }).end(body);
    };
    if (pathname === "/page.js") answer("text/javascript", script);
    else if (pathname === "/hub/negotiate") answer("application/json", JSON.stringify(negotiated()));
    else answer("text/html", pageWith(Number(searchParams.get("frames") ?? 0)));
  });
  const webSockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });
  server.on("upgrade", (request, socket: Socket, head) => {
    socket.setNoDelay(true);
    webSockets.handleUpgrade(request, socket, head, (webSocket) => {
      const line = new Line(webSocket, socket);
      lines.add(line);
      webSocket.on("close", () => lines.delete(line));
    });
  });
  const feeding = setInterval(() => {
    const now = performance.now();
    for (const line of lines) line.feed(now);
  }, TICK);
  const pinging = setInterval(() => {
    for (const line of lines) line.send({ type: 6 });
  }, PING_EVERY);
  await once(server.listen(0, "127.0.0.1"), "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: (frames) => `http://127.0.0.1:${port}/?frames=${frames}`,
    stop() {
      clearInterval(feeding);
      clearInterval(pinging);
      for (const line of lines) line.cut();
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The server's side of a connection. */
class Line {
  private readonly reader = new MessageReader(LONGEST);
  private ready = false;
  private feeding: Feed | null = null;

  constructor(
    private readonly webSocket: WebSocket,
    private readonly socket: Socket,
  ) {
    webSocket.on("message", (data: Buffer) => {
      this.receive(data);
    });
    // A socket that was cut has nothing more to say.
    webSocket.on("error", () => undefined);
  }

  feed(now: number): void {
    if (!this.feeding) return;
    for (let left = due(this.feeding, now); left > 0; left--)
      this.send({ type: 1, target: "Tick", arguments: [message(this.feeding.sent++, SIZE)] });
  }

  send(what: HubMessage): void {
    if (this.ready) this.webSocket.send(jsonHubProtocol.write(what));
  }

  cut(): void {
    this.socket.destroy();
  }

  private receive(data: Buffer): void {
    this.reader.push(data);
    if (!this.ready) {
      if (this.reader.next(readRecord) === undefined) return;
      this.ready = true;
      this.webSocket.send(writeRecord({}));
    }
    for (;;) {
      const next = this.reader.next((received) => jsonHubProtocol.read(received));
      if (!next) return;
      if (next.type === 1) this.answer(next);
    }
  }

  private answer({ target, invocationId, arguments: args }: Extract<HubMessage, { type: 1 | 4 }>): void {
    let result = 0;
    if (target === "Cut") this.cut();
    else if (target === "Feed")
      this.feeding = { from: performance.now(), perSecond: Number(args[0]), sent: 0 };
    else if (target === "Stop") {
      result = this.feeding?.sent ?? 0;
      this.feeding = null;
    }
    if (invocationId !== undefined) this.send({ type: 3, invocationId, result });
  }
}

function pageWith(frames: number): string {
  const all = `<iframe src="/?frames=0"></iframe>`.repeat(frames);
  return `<!doctype html><meta charset="utf-8"><title>soak</title><link rel="icon" href="data:,"><script src="/page.js"></script>${all}`;
}

function negotiated(): object {
  return {
    negotiateVersion: 1,
    connectionId: randomUUID(),
    connectionToken: randomUUID(),
    availableTransports: [{ transport: "WebSockets", transferFormats: ["Text"] }],
  };
}
