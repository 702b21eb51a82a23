/** The situation in which something happens to the Blazor Server app: a page of the app, its server, a network between them. */
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { until, type TestBrowser, type TestPage } from "../browser/index.ts";
import { startBlazorApp, type BlazorSettings, type BlazorStart } from "../hubs/blazor/blazor-app.ts";
import { startTcpProxy, type TcpProxy } from "../hubs/tcp-proxy.ts";
import { readStore } from "../stored.ts";
import { settled } from "./settled.ts";

export interface BlazorScene {
  readonly blazor: BlazorSettings;
  /** Path of the page, if it isn't the interactive one. */
  readonly path?: string;
  /** Settings with which the page starts Blazor, in place of Blazor's own. */
  readonly start?: BlazorStart;
  readonly provoke: (situation: BlazorSituation) => Promise<void>;
}

export interface BlazorSituation {
  readonly page: TestPage;
  readonly proxy: TcpProxy;
  /** Clicks a button of the board, as soon as its component is interactive. */
  click(css: string): Promise<void>;
  untilText(css: string, text: string): Promise<void>;
  /** Waits for what Blazor does with the "Rejoining the server" dialog. */
  untilDialog(state: "show" | "hide" | "failed" | "paused"): Promise<void>;
  /** Waits until the app has reloaded the page, and the page is interactive again. */
  untilReloaded(): Promise<void>;
  untilRecorded(what: string, is: (event: RecordedEvent) => boolean): Promise<void>;
  pause(): Promise<boolean>;
  resume(): Promise<boolean>;
  end(how: "kill" | "stop"): Promise<void>;
  /** Ends the server and starts it again on its old port, with this pause between. */
  restart(how: "kill" | "stop", pause: number): Promise<void>;
}

declare global {
  interface Window {
    /** Blazor's public functions that tests call. */
    Blazor: { pauseCircuit(): Promise<boolean>; resumeCircuit(): Promise<boolean> };
    /** Set by a test; gone after a reload. */
    firstPage?: true;
  }
}

/** Sets up a scene and lets something happen in it. @returns the events of its page; if that was reloaded, of the first one */
export async function enactBlazor(browser: TestBrowser, scene: BlazorScene): Promise<RecordedEvent[]> {
  const begin = async (port = 0) => {
    const app = await startBlazorApp(scene.blazor, port);
    if (!app) throw new Error("There is no .NET SDK.");
    return app;
  };
  let app = await begin();
  const proxy = await startTcpProxy(app.url);
  // The marker is the name of a query parameter, because stored URLs contain only the names.
  const marker = `mark${Math.random().toString(36).slice(2)}`;
  const start = scene.start === undefined ? "" : `&start=${encodeURIComponent(JSON.stringify(scene.start))}`;
  const page = await browser.newPage(`${proxy.url}/${scene.path ?? ""}?${marker}=1${start}`);
  const reader = await browser.extensionPage("popup.html");
  await page.bringToFront();
  await page.evaluate(() => void (window.firstPage = true));
  await page.waitFor("the board to be interactive", () => document.querySelector("#add:enabled") !== null);
  const end = (how: "kill" | "stop"): Promise<void> => app[how]();
  const recorded = async (): Promise<RecordedEvent[]> => {
    const own = (await readStore(reader)).find(({ page: { url } }) => url.includes(marker));
    return [...(own?.events ?? [])];
  };
  try {
    await scene.provoke({
      page,
      proxy,
      click: (css) => page.click(`${css}:enabled`),
      untilText: async (css, text) => {
        await page.waitFor(
          `${css} to be ${text}`,
          (selector, wanted) => document.querySelector(selector)?.textContent === wanted,
          css,
          text,
        );
      },
      untilDialog: async (state) => {
        await page.waitFor(
          `the dialog to be ${state}`,
          (name) => document.querySelector(`dialog.components-reconnect-${name}`) !== null,
          state,
        );
      },
      untilReloaded: async () => {
        await page.waitFor(
          "the page to be reloaded",
          () => window.firstPage === undefined && document.querySelector("#add:enabled") !== null,
        );
      },
      untilRecorded: async (what, is) => {
        await until(what, async () => (await recorded()).some(is));
      },
      pause: () => page.evaluate(() => window.Blazor.pauseCircuit()),
      resume: () => page.evaluate(() => window.Blazor.resumeCircuit()),
      end,
      async restart(how, pause) {
        await end(how);
        await new Promise((resolve) => setTimeout(resolve, pause));
        app = await begin(Number(new URL(app.url).port));
      },
    });
    return await settled(recorded, 0);
  } finally {
    await page.close();
    await reader.close();
    await proxy.stop();
    await app.kill();
  }
}
