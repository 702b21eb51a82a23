import { launchBrowser, type BrowserName } from "../harness/browser/index.ts";
import { serveClients } from "../harness/clients/serve.ts";
import { startAspNetHub, type RunningAspNetHub } from "../harness/hubs/aspnet/aspnet-hub.ts";
import { hasDotnet } from "../harness/hubs/dotnet/build.ts";
import type { World } from "./side.ts";

export interface OpenWorld extends World {
  close(): Promise<void>;
}

/** @param extensionDir when absent, the extension that `npm test` built. @returns null when there is no .NET SDK */
export async function openWorld(browserName: BrowserName, extensionDir?: string): Promise<OpenWorld | null> {
  if (!hasDotnet()) return null;
  const hubs = new Map<number | undefined, Promise<RunningAspNetHub | null>>();
  const clients = await serveClients();
  const browser = await launchBrowser(browserName, extensionDir === undefined ? {} : { extensionDir });
  const reader = await browser.extensionPage("popup.html");
  const start = (disconnectTimeout: number | undefined, port = 0): Promise<RunningAspNetHub | null> => {
    const started = startAspNetHub({
      port,
      ...(disconnectTimeout === undefined ? {} : { disconnectTimeoutMilliseconds: disconnectTimeout }),
    });
    hubs.set(disconnectTimeout, started);
    return started;
  };
  const running = async (disconnectTimeout: number | undefined, port = 0): Promise<RunningAspNetHub> => {
    const hub = await ((port === 0 ? hubs.get(disconnectTimeout) : undefined) ??
      start(disconnectTimeout, port));
    if (!hub) throw new Error("The server did not start.");
    return hub;
  };
  return {
    browser,
    clients,
    reader,
    hub: (disconnectTimeout) => running(disconnectTimeout),
    async killHub(disconnectTimeout) {
      const hub = await running(disconnectTimeout);
      await hub.kill();
      return running(disconnectTimeout, Number(new URL(hub.url).port));
    },
    async close() {
      await browser.close();
      await clients.stop();
      for (const started of hubs.values()) await (await started)?.stop();
    },
  };
}
