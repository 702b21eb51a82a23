/** Serves the app at every path, on 127.0.0.1. */
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

export interface SteadyAppSettings {
  /** Address of the hub, with its query. It may require a token. */
  readonly hub: string;
  /** Neither reconnects nor starts again. */
  readonly careless: boolean;
}

export interface ServedApp {
  readonly url: string;
  stop(): Promise<void>;
}

export async function serveSteadyApp(settings: SteadyAppSettings): Promise<ServedApp> {
  const { outputFiles } = await build({
    entryPoints: [fileURLToPath(new URL("./app.ts", import.meta.url))],
    bundle: true,
    write: false,
    format: "iife",
    target: "es2022",
    logLevel: "error",
  });
  const script = outputFiles.map(({ text }) => text).join("");
  const given = JSON.stringify({ ...settings, token: token() });
  const server = createServer((request, response) => {
    if (request.url === "/app.js")
      return void response.writeHead(200, { "Content-Type": "text/javascript; charset=utf-8" }).end(script);
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" });
    response.end(
      `<!doctype html><html lang="en"><title>steady</title><link rel="icon" href="data:,"><script>const settings = ${given};</script><script src="/app.js"></script></html>`,
    );
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

/** Unsigned, for an hour. */
function token(): string {
  const encoded = (part: object): string => Buffer.from(JSON.stringify(part)).toString("base64url");
  return `${encoded({ alg: "none" })}.${encoded({ aud: "board", exp: Math.floor(Date.now() / 1_000) + 3_600 })}.`;
}
