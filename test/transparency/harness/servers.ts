/** All servers for the checks, on free ports of 127.0.0.1. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { WebSocketServer } from "ws";
import { startNodeHub } from "../../harness/hubs/node/node-hub.ts";
import type { Place } from "../check.ts";
import { LIBRARIES } from "../window/libraries.ts";
import { answers, endlessOpen } from "./answers.ts";
import { html } from "./html.ts";

export interface Servers {
  readonly place: Place;
  stop(): Promise<void>;
}

export async function startServers(): Promise<Servers> {
  const hub = await startNodeHub();
  const scripts = new Map([...(await bundle()), ...(await bundleForWorkers())]);
  const page = await listen((request, response) => {
    serve(scripts, request, response);
  });
  const elsewhere = await listen((request, response) => {
    serve(scripts, request, response);
  });
  const sockets = echo(page);
  const origin = originOf(page);
  return {
    place: {
      origin,
      elsewhere: originOf(elsewhere),
      socket: `${origin.replace("http", "ws")}/echo`,
      hub: `${hub.url}/hubs/board`,
    },
    async stop() {
      for (const socket of sockets.clients) socket.terminate();
      for (const server of [page, elsewhere]) {
        server.close();
        server.closeAllConnections();
      }
      await hub.stop();
    },
  };
}

function serve(scripts: Scripts, request: IncomingMessage, response: ServerResponse): void {
  const { pathname } = new URL(request.url ?? "/", "http://page");
  const [, first = "", second = ""] = pathname.split("/");
  const answer = first === "answers" ? answers[second] : undefined;
  if (answer) return void answer(request, response);
  if (first === "endless-open") return void response.end(String(endlessOpen()));
  const script = scripts.get(pathname);
  if (script !== undefined)
    return void response.writeHead(200, { "Content-Type": "text/javascript" }).end(script);
  const document = html(first);
  if (!document) return void response.writeHead(404).end();
  response
    .writeHead(200, { "Content-Type": "text/html; charset=utf-8", ...document.headers })
    .end(document.text);
}

/** Echoes messages, except commands: `close 4001 bye` closes the socket, `drop` cuts it. */
function echo(server: Server): WebSocketServer {
  const sockets = new WebSocketServer({ server, path: "/echo" });
  sockets.on("connection", (socket) => {
    socket.on("message", (data: Buffer, isBinary) => {
      const [word, code, reason] = isBinary ? [] : data.toString().split(" ");
      if (word === "drop" && code === undefined) socket.terminate();
      else if (word === "close") socket.close(Number(code), reason);
      else socket.send(data, { binary: isBinary });
    });
  });
  return sockets;
}

async function listen(answer: (request: IncomingMessage, response: ServerResponse) => void): Promise<Server> {
  const server = createServer(answer);
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(0, "127.0.0.1", resolve);
  });
  return server;
}

const originOf = (server: Server): string => `http://127.0.0.1:${(server.address() as AddressInfo).port}`;

/** The pages' scripts by their path. */
type Scripts = ReadonlyMap<string, string>;

async function bundle(): Promise<Scripts> {
  const { outputFiles } = await build({
    entryPoints: [
      { in: fileURLToPath(new URL("../page/main.ts", import.meta.url)), out: "main" },
      { in: fileURLToPath(new URL("../page/patched-page.ts", import.meta.url)), out: "patched-page" },
      ...LIBRARIES.map((name) => ({
        in: fileURLToPath(new URL(`../page/libraries/${name}.ts`, import.meta.url)),
        out: `library-${name}`,
      })),
    ],
    outdir: "/",
    bundle: true,
    minifySyntax: true,
    minifyWhitespace: true,
    write: false,
    format: "iife",
    target: "es2022",
    logLevel: "silent",
  });
  return new Map(outputFiles.map(({ path, text }) => [path, text]));
}

/** The checks that a worker can run. It has no window: the checks' word for the global object becomes its own. */
async function bundleForWorkers(): Promise<Scripts> {
  const { outputFiles } = await build({
    entryPoints: [{ in: fileURLToPath(new URL("../page/worker.ts", import.meta.url)), out: "worker" }],
    outdir: "/",
    bundle: true,
    define: { window: "globalThis" },
    write: false,
    format: "iife",
    target: "es2022",
    logLevel: "silent",
  });
  return new Map(outputFiles.map(({ path, text }) => [path, text]));
}
