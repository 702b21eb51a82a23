/**
 * The server of `bench:hook`, a process of its own: its page, and a hub that sends frames of a given form. (The test harness's
 * hub joins the messages that wait, so nobody knows how many are in a frame.) Prints its address.
 */
import { randomUUID } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { buffer } from "node:stream/consumers";
import { WebSocketServer } from "ws";
import { bundleForPage } from "../bundle.ts";
import { LongPolling, serveWebSocket } from "./lines.ts";

const script = await bundleForPage("test/bench/hook/page.ts");
const page = `<!doctype html><meta charset="utf-8"><title>bench</title><link rel="icon" href="data:,"><script src="/page.js"></script>`;
const polling = new Map<string, LongPolling>();
const webSockets = new WebSocketServer({ noServer: true, perMessageDeflate: false });

const server = createServer((request, response) => {
  answer(request, response).catch((error: unknown) => {
    console.error(error);
    response.destroy();
  });
});
server.on("upgrade", (request, socket: Socket, head) => {
  socket.setNoDelay(true);
  webSockets.handleUpgrade(request, socket, head, (webSocket) => {
    serveWebSocket(webSocket, socket);
  });
});
// Whoever started it is gone.
process.stdin.resume().on("end", () => process.exit());
server.listen(0, "127.0.0.1", () => {
  console.log(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
});

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? "/", "http://bench");
  if (pathname === "/page.js") send(response, "text/javascript", script);
  else if (pathname === "/hub/negotiate") send(response, "application/json", JSON.stringify(negotiated()));
  else if (pathname === "/hub") await poll(searchParams.get("id") ?? "", request, response);
  else send(response, "text/html", page);
}

async function poll(id: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const line = polling.get(id) ?? new LongPolling();
  polling.set(id, line);
  if (request.method === "GET") {
    line.take(response);
    return;
  }
  const body = await buffer(request);
  if (request.method === "POST") line.receive(body);
  send(response, "text/plain", "");
}

function send(response: ServerResponse, type: string, body: string): void {
  response.writeHead(200, { "Content-Type": type, "Cache-Control": "no-store" }).end(body);
}

function negotiated(): object {
  const transferFormats = ["Text", "Binary"];
  return {
    negotiateVersion: 1,
    connectionId: randomUUID(),
    connectionToken: randomUUID(),
    availableTransports: ["WebSockets", "LongPolling"].map((transport) => ({ transport, transferFormats })),
  };
}
