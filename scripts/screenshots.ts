/**
 * `npm run screenshots [-- docs|hang|csp|blazor|store] [chromium|firefox]`: fresh pictures of the real panel, in both browsers: for docs/ light
 * and dark (those of a hanging connection apart, as they take longer), and for the two stores' listings in docs/store/.
 */
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { launchBrowser, type BrowserName, type TestPage, type Theme } from "../test/harness/browser/index.ts";
import { startDemo } from "../test/harness/demo/serve.ts";
import { startNodeHub } from "../test/harness/hubs/node/node-hub.ts";
import type { RunningHub } from "../test/harness/hubs/running-hub.ts";
import { startTcpProxy } from "../test/harness/hubs/tcp-proxy.ts";
import { PanelSession } from "../test/harness/panel-session.ts";
import { blazorPictures } from "./blazor-pictures.ts";
import { buildExtension } from "./build.ts";
import { ensureBrowser } from "./browsers.ts";
import { storePictures } from "./store-pictures.ts";

/** A browser with the demo page and its panel, for taking pictures. */
export interface Studio {
  readonly page: TestPage;
  readonly panel: PanelSession;
  readonly hub: RunningHub;
  setTheme(theme: Theme): Promise<void>;
  /** Saves what the panel shows as `name` in the set's folder. */
  save(name: string): Promise<void>;
}

interface PictureSet {
  readonly folder: string;
  readonly size: { readonly width: number; readonly height: number };
  /** No WebSocket is answered. */
  readonly hangs?: true;
  take(studio: Studio, browser: BrowserName): Promise<void>;
}

const SIZE = { width: 1280, height: 720 };

const SETS: Readonly<Record<string, PictureSet>> = {
  docs: { folder: "docs", size: SIZE, take: docsPictures },
  hang: { folder: "docs", size: SIZE, hangs: true, take: hangPictures },
  csp: { folder: "docs", size: SIZE, take: cspPictures },
  // The size that the Chrome Web Store requires and addons.mozilla.org recommends.
  store: {
    folder: "docs/store",
    size: { width: 1280, height: 800 },
    take: storePictures,
  },
};
const A_LONG_TIME = 600_000;
const BROWSERS = ["chromium", "firefox"] as const;

async function docsPictures({ panel, setTheme, save }: Studio, browser: BrowserName): Promise<void> {
  await panel.inject("abrupt-loss");
  await panel.waitForInterruptions(1);
  await panel.inject("offline", { seconds: 3 });
  await panel.waitForInterruptions(2);
  await panel.inject("suspend", { seconds: 3 });
  await panel.waitForInterruptions(3);
  await panel.waitForHubs("connected");
  await panel.target.click('[data-testid="interruption-row"]:nth-of-type(2)');
  for (const theme of ["light", "dark"] as const) {
    await setTheme(theme);
    for (const [view, tab] of [
      ["panel", "interruptions"],
      ["findings", "findings"],
      ["messages", "messages"],
      ["faults", "faults"],
      ["simulator", "simulator"],
    ] as const) {
      await panel.tab(tab);
      if (tab === "simulator")
        await panel.target.waitFor(
          "the simulation",
          () => document.querySelector('[data-testid="simulator-results"]') !== null,
        );
      await save(`${view}-${browser}-${theme}.png`);
    }
  }
}

async function hangPictures({ panel, setTheme, save }: Studio, browser: BrowserName): Promise<void> {
  await panel.target.waitFor(
    "the hang to be told",
    () => document.querySelector('[data-testid="hang-card"]') !== null,
  );
  for (const theme of ["light", "dark"] as const) {
    await setTheme(theme);
    await save(`hang-${browser}-${theme}.png`);
  }
}

/** The page's policy allows no WebSocket any more. */
async function cspPictures({ page, panel, setTheme, save }: Studio, browser: BrowserName): Promise<void> {
  await page.evaluate(async () => {
    const policy = document.createElement("meta");
    policy.httpEquiv = "Content-Security-Policy";
    policy.content = "connect-src http:";
    document.head.append(policy);
    await window.demo.connection.stop();
    void window.demo.connection.start().catch(() => undefined);
  });
  // In Firefox the client is told at once, and falls back to an event stream: no start has failed.
  if (browser === "firefox") await panel.tab("connections");
  await panel.target.waitFor("the policy to be named", () =>
    document.body.textContent.includes("Content Security Policy"),
  );
  for (const theme of ["light", "dark"] as const) {
    await setTheme(theme);
    await save(`csp-${browser}-${theme}.png`);
  }
  await panel.tab("doctor");
  await panel.target.waitFor("the choice of a time", () => {
    const stay = document.querySelector<HTMLSelectElement>('[data-testid="doctor-stay"]');
    if (!stay) return false;
    stay.value = "0";
    return stay.dispatchEvent(new Event("change", { bubbles: true }));
  });
  await panel.target.click('[data-testid="doctor-run"]');
  await panel.target.waitFor(
    "the doctor's result",
    () => document.querySelector('[data-testid="doctor-result"]') !== null,
  );
  for (const theme of ["light", "dark"] as const) {
    await setTheme(theme);
    await save(`doctor-${browser}-${theme}.png`);
  }
}

async function takePictures(
  { folder, size, hangs, take }: PictureSet,
  browserName: BrowserName,
): Promise<void> {
  const { outDir: extensionDir } = await buildExtension({
    browser: browserName === "chromium" ? "chrome" : "firefox",
  });
  await mkdir(folder, { recursive: true });
  const hub = await startNodeHub();
  const proxy = await startTcpProxy(hub.url);
  if (hangs) proxy.holdUpgrade(A_LONG_TIME);
  const demo = await startDemo({ hubUrl: hub.url });
  const browser = await launchBrowser(browserName, { extensionDir, executable: ensureBrowser(browserName) });
  try {
    // Otherwise the server would give up the handshake after 15 s.
    const patient = `?hub=${encodeURIComponent(`${proxy.url}/hubs/board?handshakeTimeout=${A_LONG_TIME}`)}`;
    const page = await browser.newPage(hangs ? demo.url + patient : demo.url);
    const panel = new PanelSession(await page.openPanel());
    await panel.waitForHubs(hangs ? "connecting" : "connected");
    const save = async (name: string): Promise<void> => {
      const file = path.join(folder, name);
      await panel.target.screenshot(file, size);
      console.log(file);
    };
    await take({ page, panel, hub, save, setTheme: (theme) => browser.setTheme(theme) }, browserName);
  } finally {
    await browser.close();
    await demo.stop();
    await proxy.stop();
    await hub.stop();
  }
}

const args = process.argv.slice(2);
const chosen = <T extends string>(all: readonly T[]): readonly T[] => {
  const named = all.filter((one) => args.includes(one));
  return named.length > 0 ? named : all;
};
for (const name of chosen([...Object.keys(SETS), "blazor"])) {
  const set = SETS[name];
  for (const browser of chosen(BROWSERS)) {
    if (set) await takePictures(set, browser);
    else await blazorPictures(browser, SIZE);
  }
}
