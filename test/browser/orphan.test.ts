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
/** At four a round they take three seconds and more: the hook's batches are 100 ms apart, and the 21st unheard one is noticed. */
const MORE_ECHOES = 600;

declare global {
  interface Window {
    echoes: number;
    echoing: Promise<void>;
  }
}

describeBrowsers("an extension that is reloaded under a page", (stage) => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await startNodeHub();
  });
  afterAll(() => hub.stop());

  it("lets go of the page, whose connection goes on untouched", async () => {
    const page = await stage.openBoard(hub);
    const probe = await stage.browser.extensionPage("popup.html");
    const tabId = await until(
      "the connection to be recorded",
      async () => (await readStore(probe)).find(({ page: stored }) => stored.connections === 1)?.page.tabId,
    );
    // With their payloads, with which most is waiting.
    const extension = await stage.browser.extensionPage(`popup.html?tabId=${tabId}`);
    await turnPayloadsOn(page, () => extension.click('[data-testid="popup-payloads"]'));
    await page.evaluate(() => window.demo.connection.invoke("Echo", "with payloads"));
    await until("a payload to be recorded", async () =>
      JSON.stringify(await readStore(extension)).includes("with payloads"),
    );
    const isChromium = stage.name === "chromium";
    // Once before: what the page's own client keeps of its messages is there from then on.
    await page.evaluate(() => window.demo.connection.invoke("Echo", "x".repeat(20_000)));
    const before = isChromium ? await page.heap() : 0;
    // The page goes on sending, from before the extension is gone until an orphaned hook must have noticed.
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
      // After the answer: the document goes with its extension.
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
    // Each was heard twice, with its payload: an orphaned hook that kept them would hold 20 MB and more.
    if (isChromium) expect((await page.heap()) - before).toBeLessThan(4 * MiB);
    // The old hook has taken its probe out. Firefox puts the new scripts into pages that are open: theirs may be there.
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
