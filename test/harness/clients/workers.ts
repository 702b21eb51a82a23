/** Serves a page whose worker opens a SignalR connection, which a hook in the page can't see. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { build } from "esbuild";
import { projectRoot } from "../../../scripts/paths.ts";

/** `imports`: a module that imports another one. */
export type ServedWorker = "dedicated" | "shared" | "module" | "imports";

export interface ServedWorkers {
  /** URL of a page whose worker connects to the hub; `window.workerSaid` is the worker's answer, `window.worker` the worker or its port. */
  url(kind: ServedWorker, hub: string): string;
  /** URL of a page without SignalR. */
  readonly plainPage: string;
  stop(): Promise<void>;
}

declare global {
  interface Window {
    workerSaid?: string;
    worker?: Worker;
  }
}

const WORKER = `
  import { HubConnectionBuilder, LogLevel } from "@microsoft/signalr";
  const hub = new URL(location.href).searchParams.get("hub");
  const builder = new HubConnectionBuilder().configureLogging(LogLevel.None).withUrl(hub);
  const connection = builder.withAutomaticReconnect([0, 500, 500]).build();
  const said = connection.start().then(
    async () => "connected, " + (await connection.invoke("Echo", "received")),
    (error) => "failed: " + error.message,
  );
  const answer = (port) => said.then((text) => port.postMessage(text));
  if ("onconnect" in self) self.onconnect = ({ ports: [port] }) => void answer(port);
  else void answer(self);
`;

const PAGE = `<!doctype html><html lang="en"><title>workers</title><script>
  const query = new URLSearchParams(location.search);
  const kind = query.get("kind");
  const name = kind === "imports" ? "/worker-that-imports.js" : "/worker.js";
  const script = name + "?hub=" + encodeURIComponent(query.get("hub"));
  const type = kind === "module" || kind === "imports" ? "module" : "classic";
  window.worker = kind === "shared" ? new SharedWorker(script).port : new Worker(script, { type });
  window.worker.onmessage = ({ data }) => { window.workerSaid = data; };
</script></html>`;

export async function serveWorkers(): Promise<ServedWorkers> {
  const { outputFiles } = await build({
    stdin: { contents: WORKER, resolveDir: projectRoot },
    bundle: true,
    write: false,
    format: "iife",
    logLevel: "error",
  });
  const worker = outputFiles[0]?.text ?? "";
  const scripts: Readonly<Record<string, string>> = {
    "/worker.js": worker,
    "/worker-that-imports.js": `import "/imported.js";${worker}`,
    "/imported.js": "globalThis.imported = true;",
  };
  const server = createServer((request, response) => {
    const { pathname } = new URL(request.url ?? "", "http://page");
    const script = scripts[pathname];
    response.writeHead(200, {
      "Content-Type": `${script === undefined ? "text/html" : "text/javascript"}; charset=utf-8`,
    });
    response.end(script ?? PAGE);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: (kind, hub) => `http://127.0.0.1:${port}/?kind=${kind}&hub=${encodeURIComponent(hub)}`,
    plainPage: `http://127.0.0.1:${port}/worker.js`,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}
