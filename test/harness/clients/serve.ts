/** Serves the client page with every version of the SignalR client, packed in the different ways that apps use. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { build } from "esbuild";
import { projectRoot } from "../../../scripts/paths.ts";

export const CLIENT_VERSIONS = ["1.1", "3.1", "5", "6", "7", "8", "9", "10"] as const;
export type ClientVersion = (typeof CLIENT_VERSIONS)[number];

/**
 * How an app contains the client: as a module in its own bundle, or as the package's browser script with a global; each
 * minified or not.
 */
export type Packing = "bundled" | "minified" | "script" | "script-minified";

export interface ServedClients {
  /**
   * URL of a page with that client. With `zone` in its query, zone.js is loaded first (Angular); `connect` is the connect-src of its
   * Content-Security-Policy; in the folder `controlled/` it may have the service worker `worker.js`.
   */
  url(version: ClientVersion, packing?: Packing): string;
  /** URL of a page that calls `lockdown()` of SES before it loads the newest client. */
  readonly lockedDown: string;
  stop(): Promise<void>;
}

const packageOf = (version: ClientVersion): string =>
  version === "10" ? "@microsoft/signalr" : `signalr-${version}`;
const msgpackOf = (version: ClientVersion): string =>
  version === "10" ? "@microsoft/signalr-protocol-msgpack" : `signalr-msgpack-${version}`;
const clientModule = (version: ClientVersion): string =>
  path.join(modules, packageOf(version), "dist/esm/index.js");
/** The package's browser script, because its module needs Node's Buffer in several versions. */
const msgpackModule = (version: ClientVersion): string =>
  path.join(modules, msgpackOf(version), "dist/browser/signalr-protocol-msgpack.js");
/** The MessagePack package of these versions doesn't contain the codec. */
const isOld = (version: ClientVersion): boolean => ["1.1", "3.1", "5"].includes(version);
const modules = path.join(projectRoot, "node_modules");
const zoneScript = path.join(modules, "zone.js/bundles/zone.umd.js");

/** A service worker that lets everything pass to the network, until a message tells it to answer requests to the hubs. */
const WORKER = `
let answers = false;
addEventListener("install", () => skipWaiting());
addEventListener("activate", (event) => event.waitUntil(clients.claim()));
addEventListener("message", ({ data, ports }) => {
  answers = data === "answer";
  ports[0].postMessage("done");
});
addEventListener("fetch", (event) => {
  if (answers && event.request.url.includes("/hubs/"))
    event.respondWith(new Response("", { status: 504, statusText: "Gateway Timeout" }));
});
`;
const clientPage = path.join(projectRoot, "test", "harness", "clients", "page.ts");
const msgpack5 = path.join(modules, "msgpack5/dist/msgpack5.js");

/** @param entry the page's code, if it isn't that of a client alone */
export async function serveClients(entry = clientPage): Promise<ServedClients> {
  const made = new Map<string, Promise<string>>();
  const scriptFor = (version: ClientVersion, packing: Packing): Promise<string> => {
    const key = `${version} ${packing}`;
    const known = made.get(key) ?? pack(entry, version, packing);
    made.set(key, known);
    return known;
  };
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://clients");
    const script = (text: string): void =>
      void response.writeHead(200, { "Content-Type": "text/javascript; charset=utf-8" }).end(text);
    const version = searchParams.get("version") as ClientVersion;
    const packing = (searchParams.get("packing") ?? "bundled") as Packing;
    if (pathname === "/favicon.ico") return void response.writeHead(404).end();
    if (pathname === "/client.js") return void scriptFor(version, packing).then(script);
    if (pathname === "/ses.js")
      return void readFile(path.join(modules, "ses/dist/lockdown.umd.js"), "utf8").then((text) =>
        script(`${text}\nlockdown();\ndocument.title = String(Object.isFrozen(Object.prototype));`),
      );
    if (pathname === "/zone.js") return void readFile(zoneScript, "utf8").then(script);
    if (pathname.endsWith("/worker.js")) return script(WORKER);
    const first = ["ses", "zone"].map((name) =>
      searchParams.has(name === "ses" ? "lockdown" : name) ? `<script src="/${name}.js"></script>` : "",
    );
    const connect = searchParams.get("connect");
    response.writeHead(200, {
      "Content-Type": "text/html; charset=utf-8",
      ...(connect === null ? {} : { "Content-Security-Policy": `connect-src ${connect}` }),
    });
    response.end(
      `<!doctype html><html lang="en"><title>client ${version}</title>${first.join("")}<script src="/client.js?version=${version}&packing=${packing}"></script></html>`,
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (version, packing = "bundled") => `http://127.0.0.1:${port}/?version=${version}&packing=${packing}`,
    lockedDown: `http://127.0.0.1:${port}/?version=10&lockdown=1`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** The package's browser scripts set `window.signalR`; the page takes the client from there. */
async function pack(entry: string, version: ClientVersion, packing: Packing): Promise<string> {
  const asScript = packing === "script" || packing === "script-minified";
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    minify: packing === "minified",
    logLevel: "error",
    plugins: [
      {
        name: "client-version",
        setup({ onResolve, onLoad }) {
          onResolve({ filter: /^(signalr|signalr-msgpack)$/ }, ({ path: name }) => {
            if (asScript) return { path: name, namespace: "global" };
            return { path: name === "signalr" ? clientModule(version) : msgpackModule(version) };
          });
          onLoad({ filter: /.*/, namespace: "global" }, ({ path: name }) => ({
            contents: `module.exports = window.signalR${name === "signalr" ? "" : ".protocols.msgpack"}`,
          }));
          onResolve({ filter: /^msgpack5$/ }, () => ({ path: msgpack5 }));
          // The MessagePack protocol imports the client, too, and must get the same copy.
          onResolve({ filter: /^(@(microsoft|aspnet)\/signalr|signalR)$/ }, () => ({
            path: clientModule(version),
          }));
        },
      },
    ],
  });
  const page = outputFiles.map(({ text }) => text).join("");
  if (!asScript) return page;
  const ending = packing === "script-minified" ? ".min.js" : ".js";
  const scripts = await Promise.all([
    isOld(version) ? readFile(msgpack5, "utf8") : "",
    readFile(path.join(modules, packageOf(version), "dist/browser", `signalr${ending}`), "utf8"),
    readFile(
      path.join(modules, msgpackOf(version), "dist/browser", `signalr-protocol-msgpack${ending}`),
      "utf8",
    ),
  ]);
  return [...scripts, page].join("\n;\n");
}
