import { afterAll, beforeAll, expect, it } from "vitest";
import type { HubFound, HubStateChanged } from "../../extension/core/events/events.ts";
import { startNodeHub } from "../harness/hubs/node/node-hub.ts";
import type { RunningHub } from "../harness/hubs/running-hub.ts";
import { until } from "../harness/browser/index.ts";
import { turnPayloadsOn } from "../harness/payloads.ts";
import { describeBrowsers, reconnect } from "../harness/stage.ts";
import { readStore } from "../harness/stored.ts";

describeBrowsers("the toolbar button", (stage) => {
  let hub: RunningHub;
  beforeAll(async () => {
    hub = await startNodeHub();
  });
  afterAll(() => hub.stop());

  it("counts the page's connections, and switches payloads and recording on and off", async () => {
    const page = await stage.openBoard(hub);
    const probe = await stage.browser.extensionPage("popup.html");
    const tabId = await until(
      "the recording",
      async () => (await readStore(probe)).find(({ page: stored }) => stored.connections === 1)?.page.tabId,
    );
    const badge = (): Promise<string> =>
      probe.evaluate(
        (id) =>
          (
            globalThis as unknown as { chrome: { action: { getBadgeText: (of: object) => Promise<string> } } }
          ).chrome.action.getBadgeText({ tabId: id }),
        tabId,
      );
    await until("the badge", async () => (await badge()) === "1");

    const popup = await stage.browser.extensionPage(`popup.html?tabId=${tabId}`);
    await popup.waitFor("the popup", () =>
      document.body.innerText.includes("1 SignalR connection on this page"),
    );
    // With payloads on for the site, they are recorded with DevTools closed.
    await turnPayloadsOn(page, () => popup.click('[data-testid="popup-payloads"]'));
    await page.evaluate(() => window.demo.connection.invoke("Echo", "wanted text"));
    const stored = async (): Promise<string> => JSON.stringify(await readStore(popup));
    await until("a payload", async () => (await stored()).includes("wanted text"));
    await popup.click('[data-testid="popup-record"]');
    await popup.waitFor("recording to be off", () => document.body.innerText.includes("Recording is off"));
    await until("the page to end its recording", async () => (await stored()).includes('"recording-ended"'));
    await page.evaluate(() => window.demo.connection.invoke("Echo", "unwanted"));

    // Recording is switched on again on the same page: a new recording begins with the client's current state.
    const first = await page.evaluate(() => window.demo.connection.connectionId);
    await reconnect(page, hub);
    const second = await page.evaluate(() => window.demo.connection.connectionId);
    const states = async (): Promise<(HubFound | HubStateChanged)[]> =>
      (await readStore(popup))
        .filter(({ page: { tabId: tab } }) => tab === tabId)
        .flatMap(({ events }) =>
          events.filter((event) => event.kind === "hub" || event.kind === "hub-state"),
        );
    expect((await states()).at(-1)).toMatchObject({ to: "Connected", connectionId: first });
    await popup.click('[data-testid="popup-record"]');
    await until("the new connection id", async () => (await states()).at(-1)?.connectionId === second);
    // The page sends its events in order: if it had recorded something before, that would be stored by now.
    expect(await stored()).not.toContain("unwanted");
    await page.evaluate(() => window.demo.connection.stop());
    await until("the stop", async () => {
      const last = (await states()).at(-1);
      return last?.kind === "hub-state" && last.to === "Disconnected";
    });
    await page.close();
  });
});
