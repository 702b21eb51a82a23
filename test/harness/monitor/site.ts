/** A site that observes its connections with `hubscope/monitor`, as an app would: its client is loaded when the monitor is ready. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import type { Monitor, MonitorOptions } from "../../../content-script/monitor/api.ts";
import { projectRoot } from "../../../scripts/paths.ts";
import { serveClients } from "../clients/serve.ts";

declare global {
  interface Window {
    monitor: Monitor;
    /** Whether the monitor observes the page. */
    observed: boolean;
  }
}

export interface MonitoredSite {
  /** @param hubscope whether the script for tests is in the page, too */
  url(options: Omit<MonitorOptions, "hubPath">, hubscope?: boolean): string;
  readonly blank: string;
  /** Paths that were asked for. */
  readonly asked: readonly string[];
  /** The judge can't be loaded. */
  withhold(isWithheld: boolean): void;
  stop(): Promise<void>;
}

const FILES = ["monitor.js", "monitor-observer.js", "monitor-judge.js"];

export async function serveMonitored(): Promise<MonitoredSite> {
  const clients = await serveClients();
  const client = `${new URL(clients.url("10")).origin}/client.js?version=10&packing=bundled`;
  const asked: string[] = [];
  let isWithheld = false;
  const server = createServer((request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://site");
    asked.push(pathname);
    const name = pathname.slice(1);
    if (isWithheld && name === "monitor-judge.js") return void request.socket.destroy();
    if (FILES.includes(name) || name === "hubscope.js") {
      const folder = name === "hubscope.js" ? "page" : "monitor";
      return void readFile(path.join(projectRoot, "dist", folder, name)).then((script) =>
        response.writeHead(200, { "Content-Type": "text/javascript; charset=utf-8" }).end(script),
      );
    }
    if (name === "favicon.ico") return void response.writeHead(404).end();
    response.writeHead(200, {
      "Content-Type": "text/html; charset=utf-8",
      // No eval, no inline script but ours.
      "Content-Security-Policy": "script-src 'self' 'nonce-page' http://127.0.0.1:*",
      // What nothing that is sent may have with it.
      "Referrer-Policy": "unsafe-url",
      "Set-Cookie": "visitor=somebody; Path=/",
    });
    response.end(name === "blank" ? "<!doctype html><title>blank</title>" : pageOf(searchParams, client));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url: (options, hubscope = false) =>
      `${origin}/?${new URLSearchParams({ options: JSON.stringify(options), ...(hubscope ? { hubscope: "1" } : {}) }).toString()}`,
    blank: `${origin}/blank`,
    asked,
    withhold(withheld) {
      isWithheld = withheld;
    },
    async stop() {
      await clients.stop();
      await new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      });
    },
  };
}

const pageOf = (
  query: URLSearchParams,
  client: string,
): string => `<!doctype html><html lang="en"><title>site</title>
${query.has("hubscope") ? '<script src="/hubscope.js"></script>' : ""}
<script type="module" nonce="page">
import { startMonitor } from "/monitor.js";
window.monitor = startMonitor(JSON.parse(new URLSearchParams(location.search).get("options")));
window.observed = await window.monitor.ready;
const script = document.createElement("script");
script.src = ${JSON.stringify(client)};
document.head.append(script);
</script></html>`;
