/** A page in a browser of this machine, with Hubscope in it. */
import type { Browser, Page } from "puppeteer-core";
import type { HubscopePage } from "../../npm/hubscope-page.ts";
import { install } from "../../npm/puppeteer.ts";
import type { Milliseconds } from "../../core/units.ts";
import { Failure, reasonOf } from "../exit.ts";
import { findBrowser, locateBrowser, type BrowserKind } from "./find-browser.ts";
import { thisSystem } from "./system.ts";

export interface BrowserOptions {
  readonly browser?: string;
  readonly headed?: boolean;
  readonly profile?: string;
  readonly insecure?: boolean;
}

export interface OpenedPage {
  readonly page: Page;
  readonly hubscope: HubscopePage;
  /** The user has closed the browser, or it has crashed. */
  readonly gone: Promise<void>;
  close(): Promise<void>;
}

/** Enough for each scenario at real speed. */
const LONGEST_CALL: Milliseconds = 3_600_000;

const MISSING =
  "record needs the package puppeteer-core, which drives the browser: npm install --save-dev puppeteer-core";

export async function openPage(options: BrowserOptions): Promise<OpenedPage> {
  const { kind, path } = browserFor(options.browser);
  const { launch } = await import("puppeteer-core").catch(() => {
    throw new Failure(MISSING);
  });
  const browser: Browser = await launch({
    browser: kind === "firefox" ? "firefox" : "chrome",
    executablePath: path,
    headless: options.headed !== true,
    acceptInsecureCerts: options.insecure === true,
    protocolTimeout: LONGEST_CALL,
    // A page as large as the window.
    defaultViewport: null,
    // Ctrl+C ends the recording, and then the browser.
    ...{ handleSIGINT: false, handleSIGTERM: false, handleSIGHUP: false },
    // Chromium refuses to start as root with its sandbox.
    args: kind === "chromium" && thisSystem.isRoot ? ["--no-sandbox"] : [],
    ...(options.profile === undefined ? {} : { userDataDir: options.profile }),
  }).catch((error: unknown) => {
    const [why = ""] = reasonOf(error).split("\n");
    throw new Failure(`${path} can't be started as a browser: ${why}`);
  });
  const gone = new Promise<void>((resolve) => {
    browser.once("disconnected", () => {
      resolve();
    });
  });
  const [first] = await browser.pages();
  const page = first ?? (await browser.newPage());
  return { page, gone, hubscope: await install(page), close: () => browser.close() };
}

function browserFor(wanted: string | undefined): { readonly kind: BrowserKind; readonly path: string } {
  try {
    if (wanted === "chromium" || wanted === "firefox") return { kind: wanted, path: findBrowser(wanted) };
    if (wanted !== undefined) {
      if (!thisSystem.isExecutable(wanted))
        throw new Error(`${wanted} is no browser: --browser is chromium, firefox, or the path of one`);
      return { kind: /firefox/i.test(wanted) ? "firefox" : "chromium", path: wanted };
    }
    const firefox = locateBrowser("chromium") === undefined ? locateBrowser("firefox") : undefined;
    return firefox === undefined
      ? { kind: "chromium", path: findBrowser("chromium") }
      : { kind: "firefox", path: firefox };
  } catch (error) {
    throw new Failure(reasonOf(error));
  }
}
