/** The environment of every browser test: a browser with the extension, the demo page, and both hub servers. */
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe } from "vitest";
import { startDemo, type RunningDemo } from "./demo/serve.ts";
import { startAspNetHub } from "./hubs/aspnet/aspnet-hub.ts";
import { hasDotnet } from "./hubs/dotnet/build.ts";
import { startNodeHub } from "./hubs/node/node-hub.ts";
import type { RunningHub } from "./hubs/running-hub.ts";
import { launchBrowser, type BrowserName, type TestBrowser, type TestPage } from "./browser/index.ts";

const BROWSERS: readonly BrowserName[] = ["chromium", "firefox"];

export interface Stage {
  readonly name: BrowserName;
  readonly browser: TestBrowser;
  readonly demo: RunningDemo;
  /** The folder for downloads. */
  readonly downloads: string;
  /** Opens the live board, connected to this hub. `query` is added to the page's URL, for example `reconnect=0`. */
  openBoard(hub: RunningHub, query?: string): Promise<TestPage>;
}

/**
 * Defines the same tests for each browser. They run one after the other, each browser with its own profile.
 * @param names for what only one of them can do
 */
export function describeBrowsers(
  part: string,
  define: (stage: Stage) => void,
  names: readonly BrowserName[] = BROWSERS,
): void {
  describe.each(names)(`${part}: %s`, (name) => {
    let browser: TestBrowser | undefined;
    let demo: RunningDemo | undefined;
    let downloads = "";
    const started = <T>(value: T | undefined): T => {
      if (value === undefined) throw new Error("The stage isn't set.");
      return value;
    };
    beforeAll(async () => {
      downloads = await mkdtemp(path.join(os.tmpdir(), "hubscope-downloads-"));
      demo = await startDemo({ hubUrl: "http://127.0.0.1:1" });
      browser = await launchBrowser(name, { downloadDir: downloads });
    });
    afterAll(async () => {
      await browser?.close();
      await demo?.stop();
      await rm(downloads, { recursive: true, force: true });
    });
    define({
      name,
      get browser() {
        return started(browser);
      },
      get demo() {
        return started(demo);
      },
      get downloads() {
        return downloads;
      },
      async openBoard(hub, query = "") {
        const page = await started(browser).newPage(
          `${started(demo).url}?hub=${encodeURIComponent(`${hub.url}/hubs/board`)}&${query}`,
        );
        await waitForState(page, "Connected");
        return page;
      },
    });
  });
}

/** Defines the same tests for each hub server. */
export function describeHubs(define: (hub: () => RunningHub) => void): void {
  const dotnet = hasDotnet();
  const servers = [
    { title: "embedded hub", skipped: false, start: startNodeHub as () => Promise<RunningHub | null> },
    {
      title: dotnet ? "ASP.NET Core hub" : "ASP.NET Core hub (skipped: no .NET SDK)",
      skipped: !dotnet,
      start: startAspNetHub,
    },
  ];
  for (const { title, skipped, start } of servers) {
    describe.skipIf(skipped)(title, () => {
      let hub: RunningHub | null = null;
      beforeAll(async () => {
        hub = await start();
      }, 180_000);
      afterAll(() => hub?.stop());
      define(() => {
        if (!hub) throw new Error("The hub isn't running.");
        return hub;
      });
    });
  }
}

/** Defines tests against the ASP.NET Core server if there is a .NET SDK, otherwise against the embedded hub. */
export function describeRealHub(define: (hub: () => RunningHub) => void): void {
  const dotnet = hasDotnet();
  describe(dotnet ? "ASP.NET Core hub" : "embedded hub (no .NET SDK)", () => {
    let hub: RunningHub | null = null;
    beforeAll(async () => {
      hub = dotnet ? await startAspNetHub() : await startNodeHub();
    }, 180_000);
    afterAll(() => hub?.stop());
    define(() => {
      if (!hub) throw new Error("The hub isn't running.");
      return hub;
    });
  });
}

export const waitForState = (page: TestPage, state: string): Promise<boolean> =>
  page.waitFor(
    `the page's connection to be ${state}`,
    (wanted) => (window.demo.connection.state as string) === wanted,
    state,
  );

/** Cuts the board's socket and waits until the board is connected again. */
export async function reconnect(page: TestPage, hub: RunningHub): Promise<void> {
  const first = await page.evaluate(() => window.demo.connection.connectionId);
  await hub.control({ do: "dropSockets" });
  await page.waitFor(
    "a new connection id",
    (old) =>
      window.demo.connection.connectionId !== old && (window.demo.connection.state as string) === "Connected",
    first,
  );
}

/** Logs all calls of the app's own callbacks in `window.told`. */
export const logCallbacks = (page: TestPage): Promise<void> =>
  page.evaluate(() => {
    const told: string[] = [];
    const { connection } = window.demo;
    connection.onreconnecting((error) => told.push(`reconnecting: ${error?.message ?? "no error"}`));
    connection.onreconnected((id) => told.push(`reconnected: ${id === undefined ? "no id" : "an id"}`));
    connection.onclose((error) => told.push(`closed: ${error?.message ?? "no error"}`));
    for (const name of ["visibilitychange", "freeze", "resume"])
      document.addEventListener(name, () =>
        told.push(name === "visibilitychange" ? document.visibilityState : name),
      );
    for (const name of ["online", "offline"])
      window.addEventListener(name, () => told.push(`${name}, onLine ${String(navigator.onLine)}`));
    window.told = told;
  });

declare global {
  interface Window {
    told: string[];
  }
}
