/** A site whose page loads the monitor as docs/monitor.md says, and can't have it: its file is missing, or never comes. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { projectRoot } from "../../../scripts/paths.ts";

declare global {
  interface Window {
    /** Whether the app has started. */
    hasStarted?: boolean;
  }
}

/** The pages' texts in docs/monitor.md: of an app without a bundler, and of Blazor. */
export async function documentedPages(): Promise<string[]> {
  const text = await readFile(path.join(projectRoot, "docs/monitor.md"), "utf8");
  return [...text.matchAll(/^```html\n(.*?)^```/gms)].map(([, page = ""]) => page);
}

export async function serveDocumented(
  page: string,
  monitor: "missing" | "silent",
): Promise<{ readonly url: string; stop(): Promise<void> }> {
  const started = "window.hasStarted = true";
  const scripts: Readonly<Record<string, string>> = {
    "/app.js": started,
    "/_framework/blazor.web.js": `window.Blazor = { async start() { ${started} } }`,
  };
  const server = createServer((request, response) => {
    const { url = "/" } = request;
    const script = scripts[url];
    if (url === "/hubscope/monitor.js" && monitor === "silent") return;
    if (script !== undefined) response.writeHead(200, { "Content-Type": "text/javascript" }).end(script);
    else if (url === "/")
      response.writeHead(200, { "Content-Type": "text/html" }).end(`<!doctype html>${page}`);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
