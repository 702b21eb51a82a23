/** Opens what watches the measured page, as a user does. */
import type { Browser, Frame, Page } from "puppeteer-core";
import { showExtensionPanel, showOwnPanel } from "../../harness/browser/chromium/devtools.ts";
import { ChromiumPage } from "../../harness/browser/chromium/page.ts";
import { until } from "../../harness/browser/until.ts";
import { openWindow, tabIdOf } from "../../harness/window-of.ts";
import { extensionPage } from "../chromium.ts";
import type { Variant } from "./cases.ts";

/** Of DevTools, with a panel in it; or of the window. */
const SIZE = { width: 1280, height: 720 };

export interface Watching {
  /** The document whose frames a user sees; null: nobody watches. */
  readonly seen: Frame | null;
  close(): Promise<void>;
}

/** @param reader a page of the extension; null: there is no extension */
export async function watchPage(variant: Variant, page: Page, reader: Page | null): Promise<Watching> {
  switch (variant) {
    case "alone":
      return { seen: null, close: () => Promise.resolve() };
    case "window": {
      if (!reader) throw new Error("There is no extension.");
      return inWindow(page, reader);
    }
    case "inert":
    case "panel":
    case "network":
      return inDevtools(variant, page);
  }
}

async function inDevtools(variant: "inert" | "panel" | "network", page: Page): Promise<Watching> {
  const devtools = await page.openDevTools();
  let seen = devtools.mainFrame();
  if (variant === "network") await showOwnPanel(devtools, "network");
  else seen = await showExtensionPanel(devtools);
  await devtools.setViewport(SIZE);
  return { seen, close: () => devtools.close() };
}

async function inWindow(page: Page, reader: Page): Promise<Watching> {
  const options = { dock: "window", onDevtools: () => Promise.resolve() } as const;
  const browser: Browser = page.browser();
  const opened = (start: string): Promise<Page> =>
    until(`${start} to be opened`, async () =>
      (await browser.pages()).find((one) => one.url().includes(`/${start}`)),
    );
  const tabId = await tabIdOf(new ChromiumPage(reader, options), new ChromiumPage(page, options));
  await openWindow(
    {
      extensionPage: async (file) => new ChromiumPage(await extensionPage(browser, file), options),
      openedPage: async (start) => new ChromiumPage(await opened(start), options),
    },
    tabId,
  );
  const panel = await opened(`panel.html?tabId=${tabId}&`);
  await panel.setViewport(SIZE);
  return { seen: panel.mainFrame(), close: () => panel.close() };
}
