import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const folder = new URL("./", import.meta.url);

export interface DemoSettings {
  /** The hub server's origin, or the whole URL of its board hub. */
  hubUrl: string;
  /** Any free port when 0 or absent. */
  port?: number;
  /** Source text of a script that runs first in every page. */
  firstScript?: string;
}

export interface RunningDemo {
  /** URL of the live board, with a trailing slash; `blank.html` and `two.html` are in the same folder. */
  readonly url: string;
  stop(): Promise<void>;
}

interface Asset {
  type: string;
  body: string;
}

/** Bundles the demo pages in memory and serves them on 127.0.0.1. */
export async function startDemo({ hubUrl, port = 0, firstScript }: DemoSettings): Promise<RunningDemo> {
  const assets = await loadAssets(boardHub(hubUrl), firstScript);
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "/", "http://demo");
    const asset = assets.get(pathname === "/" ? "/index.html" : pathname);
    if (!asset) return void response.writeHead(404).end();
    // "no-cache", so that a reload shows recent changes; "no-store" would keep the page out of the back/forward cache.
    response.writeHead(200, { "Content-Type": asset.type, "Cache-Control": "no-cache" }).end(asset.body);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject).listen(port, "127.0.0.1", resolve);
  });
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

function boardHub(hubUrl: string): string {
  const url = new URL(hubUrl);
  if (url.pathname === "/") url.pathname = "/hubs/board";
  return url.href;
}

async function loadAssets(hubUrl: string, firstScript: string | undefined): Promise<Map<string, Asset>> {
  const assets = new Map<string, Asset>();
  const add = (name: string, type: string, body: string): void =>
    void assets.set(`/${name}`, { type: `${type}; charset=utf-8`, body });
  for (const name of ["index.html", "two.html", "blank.html"]) {
    const page = (await read(name)).replace("{{hubUrl}}", escapeAttribute(hubUrl));
    add(
      name,
      "text/html",
      firstScript === undefined ? page : page.replace("<head>", '<head><script src="first.js"></script>'),
    );
  }
  if (firstScript !== undefined) add("first.js", "text/javascript", firstScript);
  add("style.css", "text/css", await read("style.css"));
  for (const name of ["app", "two"]) add(`${name}.js`, "text/javascript", await bundle(name));
  return assets;
}

function read(name: string): Promise<string> {
  return readFile(new URL(name, folder), "utf8");
}

async function bundle(name: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL(`${name}.ts`, folder))],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    sourcemap: "inline",
    logLevel: "silent",
  });
  return outputFiles.map(({ text }) => text).join("");
}

function escapeAttribute(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll('"', "&quot;");
}
