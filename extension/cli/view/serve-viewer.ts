/** Serves the panel, and the recordings that it shows, to browsers on this machine. */
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { createReadStream } from "node:fs";
import { readFile, readdir } from "node:fs/promises";
import http from "node:http";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { reasonOf } from "../exit.ts";

export interface ServedFile {
  /** As the panel names it. */
  readonly name: string;
  readonly path: string;
}

export interface Viewer {
  readonly url: string;
  stop(): Promise<void>;
}

export interface ViewerOptions {
  /** The folder with the panel, as built. */
  readonly folder: string;
  readonly files: readonly ServedFile[];
  /** 0: any free port. */
  readonly port: number;
}

const TYPES: Readonly<Record<string, string>> = {
  ".html": "text/html; charset=utf-8",
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
};

/** The panel loads nothing from elsewhere, and no other site may show it. */
const POLICY =
  "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/** Recordings may be private: only who knows this secret path gets them, whatever other pages and users of this machine try. */
export async function serveViewer({ folder, files, port }: ViewerOptions): Promise<Viewer> {
  const root = `/${randomBytes(16).toString("base64url")}/`;
  const scripts = new Set(await readdir(folder));
  const server = http.createServer((request, response) => {
    answer(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500, { "Content-Type": "text/plain; charset=utf-8" });
      response.end(reasonOf(error));
    });
  });

  async function answer(request: http.IncomingMessage, response: http.ServerResponse): Promise<void> {
    response.setHeader("Content-Security-Policy", POLICY);
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Referrer-Policy", "no-referrer");
    response.setHeader("Cache-Control", "no-store");
    const wanted = (request.url ?? "").startsWith(root) ? (request.url ?? "").slice(root.length) : null;
    const isRead = request.method === "GET" || request.method === "HEAD";
    const recording = /^recordings\/(\d{1,6})$/.exec(wanted ?? "")?.[1];
    const file = recording === undefined ? undefined : files[Number(recording)];
    const name = wanted === "" ? "viewer.html" : wanted;
    if (!isRead || name === null) end(response, 404, "Not found.");
    else if (file) {
      const stream = createReadStream(file.path);
      await once(stream, "open");
      response.writeHead(200, { "Content-Type": "application/octet-stream" });
      await pipeline(stream, response);
    } else if (name === "recordings") {
      response.writeHead(200, { "Content-Type": "application/json" });
      response.end(JSON.stringify({ names: files.map((one) => one.name) }));
    } else if (scripts.has(name)) {
      const content = await readFile(path.join(folder, name));
      response.writeHead(200, { "Content-Type": TYPES[path.extname(name)] ?? "application/octet-stream" });
      response.end(content);
    } else end(response, 404, "Not found.");
  }

  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  const listens = typeof address === "object" && address ? address.port : port;
  return {
    url: `http://127.0.0.1:${listens}${root}`,
    async stop() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
  };
}

function end(response: http.ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "Content-Type": "text/plain; charset=utf-8" });
  response.end(text);
}
