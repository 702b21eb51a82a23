import { afterAll, beforeAll, expect, it } from "vitest";
import { startNodeHub } from "../hubs/node/node-hub.ts";
import type { RunningHub } from "../hubs/running-hub.ts";
import { until } from "./driver/index.ts";
import { describeBrowsers, waitForState } from "./stage.ts";
import { readStore } from "./stored.ts";

interface Extension {
  readonly chrome: { readonly runtime: { reload: () => void } };
}

describeBrowsers("an extension that is reloaded under a page", (stage) => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await startNodeHub();
  });
  afterAll(() => hub.stop());

  it("lets go of the page, which goes on untouched", async () => {
    const page = await stage.openBoard(hub);
    const extension = await stage.browser.extensionPage("popup.html");
    await until("the connection to be recorded", async () =>
      (await readStore(extension)).some(({ page: stored }) => stored.connections === 1),
    );
    await extension.evaluate(() => {
      // After the answer: the document goes with its extension.
      setTimeout(() => {
        (globalThis as unknown as Extension).chrome.runtime.reload();
      }, 100);
    });
    // The page goes on sending, for longer than an orphaned hook could stay unnoticed.
    const echoes = await page.evaluate(async () => {
      let count = 0;
      for (const end = Date.now() + 15_000; Date.now() < end;) {
        await window.demo.connection.invoke("Echo", count++);
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      return count;
    });
    expect(echoes).toBeGreaterThan(50);
    // The old hook has taken its probe out. Firefox puts the new scripts into pages that are open: theirs may be there.
    if (stage.name === "chromium")
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
