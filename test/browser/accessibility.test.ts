/** Checks every view of the panel with axe, at three sizes, with the light and the dark theme. */
import axe from "axe-core";
import puppeteer, { type Browser, type Page } from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBrowser } from "../../extension/cli/record/find-browser.ts";
import { serveInlinePanel } from "../../scripts/dev-inline.ts";

const SIZES = [
  { width: 1280, height: 720 },
  { width: 900, height: 700 },
  { width: 420, height: 900 },
];

const VIEWS = [
  "tab=interruptions",
  "tab=findings",
  "tab=findings&sheet",
  "tab=connections&fixture=wire",
  "tab=messages",
  "tab=messages&fixture=wire",
  "tab=calls",
  "tab=faults",
  "tab=scenarios",
  "tab=simulator",
  "tab=simulator&empty",
  "tab=doctor",
  "tab=doctor&fixture=doctor",
  "tab=report",
  "empty",
];

/** Sizes with other elements than the largest one: there all is checked again. */
const NARROW = 420;

/**
 * Runs axe without preloading, and without details of passed checks. The themes differ in their colours only: with the second one
 * only contrast is checked again. A size between the largest and the narrow one only moves and shortens things.
 */
const checks = (theme: "light" | "dark", width: number): string => {
  const only =
    theme === "dark"
      ? ["color-contrast"]
      : width === SIZES[0]?.width || width === NARROW
        ? null
        : ["color-contrast", "scrollable-region-focusable"];
  return `axe.run(${JSON.stringify({ preload: false, resultTypes: ["violations"], ...(only ? { runOnly: only } : {}) })})`;
};

/** Waits for two animation frames: after that a new layout is complete. */
const LAID_OUT = "new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(() => done())))";

interface Violation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[]; readonly failureSummary?: string }[];
}

describe("the panel passes the checks of axe", () => {
  let browser: Browser;
  let page: Page;
  let server: { url: string; stop(): Promise<void> };
  beforeAll(async () => {
    server = await serveInlinePanel({ liveReload: false });
    browser = await puppeteer.launch({
      executablePath: findBrowser("chromium"),
      args: ["--disable-gpu", ...(process.getuid?.() === 0 ? ["--no-sandbox"] : [])],
    });
    page = await browser.newPage();
  });
  afterAll(async () => {
    await browser.close();
    await server.stop();
  });

  describe.each(["light", "dark"] as const)("%s", (theme) => {
    it.each(VIEWS)("has no violation in the view %s", async (query) => {
      const found: string[] = [];
      await page.goto(`${server.url}?theme=${theme}&${query}`);
      // Views are loaded after the panel. Wait for them, as in an empty view axe would find nothing.
      await page.waitForSelector(
        '[data-ready="true"] #pane:not([aria-busy]) > *, [data-testid="empty-state"]',
      );
      await page.waitForSelector("#pane .nothing[aria-busy]", { hidden: true });
      await page.evaluate(axe.source);
      for (const size of SIZES) {
        await page.setViewport(size);
        await page.evaluate(LAID_OUT);
        const { violations } = (await page.evaluate(checks(theme, size.width))) as {
          violations: Violation[];
        };
        for (const { id, nodes } of violations)
          found.push(
            `${size.width}: ${id} at ${nodes
              .map(({ target }) => target.join(" "))
              .slice(0, 3)
              .join("; ")}`,
          );
      }
      expect(found).toEqual([]);
    });
  });
});
