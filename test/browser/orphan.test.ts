import { afterAll, beforeAll, expect, it } from "vitest";
import { startNodeHub } from "../harness/hubs/node/node-hub.ts";
import type { RunningHub } from "../harness/hubs/running-hub.ts";
import { until } from "../harness/browser/index.ts";
import { turnPayloadsOn } from "../harness/payloads.ts";
import { describeBrowsers, waitForState } from "../harness/stage.ts";
import { readStore } from "../harness/stored.ts";

interface Extension {
  readonly chrome: { readonly runtime: { reload: () => void } };
}

const MiB = 1024 * 1024;
/**
 * With four per round they take more than three seconds. The hook sends a batch every 100 ms, and disconnects after the
 * 21st without an answer.
 */
const MORE_ECHOES = 600;

declare global {
  interface Window {
    echoes: number;
    echoing: Promise<void>;
  }
}

describeBrowsers("an extension that is reloaded while a page is open", (stage) => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await startNodeHub();
  });
  afterAll(() => hub.stop());

  it("the hook of a removed extension frees its memory, and the page's connection continues undisturbed", async () => {
    const page = await stage.openBoard(hub);
    const probe = await stage.browser.extensionPage("popup.html");
    const tabId = await until(
      "the connection to be recorded",
      async () => (await readStore(probe)).find(({ page: stored }) => stored.connections === 1)?.page.tabId,
    );
    // With payloads, so that the waiting events need much memory.
    const extension = await stage.browser.extensionPage(`popup.html?tabId=${tabId}`);
    await turnPayloadsOn(page, () => extension.click('[data-testid="popup-payloads"]'));
    await page.evaluate(() => window.demo.connection.invoke("Echo", "with payloads"));
    await until("a payload to be recorded", async () =>
      JSON.stringify(await readStore(extension)).includes("with payloads"),
    );
    const isChromium = stage.name === "chromium";
    // One large message before the measurement: after it, the memory that the page's own client needs for messages is allocated.
    await page.evaluate(() => window.demo.connection.invoke("Echo", "x".repeat(20_000)));
    const before = isChromium ? await page.heap() : 0;
    // The page keeps sending, from before the extension is removed until an orphaned hook must have noticed that.
    await page.evaluate(() => {
      window.echoes = 0;
      window.echoing = (async () => {
        while (window.echoes >= 0) {
          const more = [1, 2, 3, 4].map((i) => `${"x".repeat(20_000)}${window.echoes + i}`);
          await Promise.all(more.map((text) => window.demo.connection.invoke("Echo", text)));
          window.echoes += 4;
          await new Promise((resolve) => setTimeout(resolve, 20));
        }
      })();
    });
    await extension.evaluate(() => {
      // Only after the answer, because the document disappears with its extension.
      setTimeout(() => {
        (globalThis as unknown as Extension).chrome.runtime.reload();
      }, 100);
    });
    await until("the extension's page to be gone", () => extension.evaluate(() => false).catch(() => true));
    const then = await page.evaluate(() => window.echoes);
    await page.waitFor("more echoes", (count) => window.echoes >= count, then + MORE_ECHOES);
    await page.evaluate(() => {
      window.echoes = -Infinity;
      return window.echoing;
    });
    // The hook recorded each message twice (out and in), with its payload: if it kept them, they would need more than 20 MB.
    if (isChromium) expect((await page.heap()) - before).toBeLessThan(4 * MiB);
    // The old hook has removed its probe. Not in Firefox, which injects the new scripts into open pages: their probe may be
    // there.
    if (isChromium)
      expect(
        await page.evaluate(() =>
          Object.getOwnPropertyNames(Object.prototype).filter((name) => /[A-Z]/.test(name)),
        ),
      ).not.toContain("keepAliveIntervalInMilliseconds");
    await page.evaluate(() => window.demo.connection.stop());
    await waitForState(page, "Disconnected");
    await page.evaluate(() => window.demo.connection.start());
    await waitForState(page, "Connected");
    await page.close();
  });
});
