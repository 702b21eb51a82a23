/** The setting "Where Hubscope runs": a page of an excluded site has none of our scripts, in no frame. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { serveClients, type ServedClients } from "../harness/clients/serve.ts";
import { startNodeHub } from "../harness/hubs/node/node-hub.ts";
import type { RunningHub } from "../harness/hubs/running-hub.ts";
import { until, type Target, type TestPage } from "../harness/browser/index.ts";
import { describeBrowsers } from "../harness/stage.ts";
import { readStore } from "../harness/stored.ts";

/** The client probe, which the page's own script sees: in its frames, too. */
const scriptsIn = (page: TestPage): Promise<boolean[]> =>
  page.evaluate(async () => {
    const ours = (frame: Window & typeof globalThis): boolean =>
      "keepAliveIntervalInMilliseconds" in frame.Object.prototype;
    const filled = document.createElement("iframe");
    filled.srcdoc = "<!doctype html><p>filled";
    await new Promise((resolve) => {
      filled.onload = resolve;
      document.body.append(filled);
    });
    const empty = document.body.appendChild(document.createElement("iframe"));
    const views = [window, filled.contentWindow, empty.contentWindow] as (Window & typeof globalThis)[];
    const found = views.map(ours);
    filled.remove();
    empty.remove();
    return found;
  });
const ALL = [true, true, true];
const NONE = [false, false, false];

describeBrowsers("where Hubscope runs", (stage) => {
  let clients: ServedClients;
  let hub: RunningHub;
  beforeAll(async () => {
    clients = await serveClients();
    hub = await startNodeHub();
  });
  afterAll(async () => {
    await clients.stop();
    await hub.stop();
  });

  const connect = (page: TestPage): Promise<string> =>
    page.evaluate((url) => window.connect("one", { hub: url }), `${hub.url}/hubs/board`);
  const isRecorded = async (reader: Target, mark: string): Promise<boolean> =>
    (await readStore(reader)).some(({ page: { url } }) => url.includes(mark));
  const tabOf = (reader: Target, mark: string): Promise<number> =>
    reader.evaluate(async (text) => {
      const { chrome } = globalThis as unknown as {
        chrome: { tabs: { query(of: object): Promise<{ id: number; url?: string }[]> } };
      };
      const tab = (await chrome.tabs.query({})).find(({ url }) => url?.includes(text));
      if (!tab) throw new Error("no such tab");
      return tab.id;
    }, mark);

  it("is everywhere at first: the first page of a fresh profile is recorded", async () => {
    const page = await stage.browser.newPage(`${clients.url("10")}&firstpage=1`);
    expect(await scriptsIn(page)).toEqual(ALL);
    expect(await connect(page)).toBe("connected");
    const reader = await stage.browser.extensionPage("popup.html");
    await until("the page to be recorded", () => isRecorded(reader, "firstpage"));
    await reader.close();
    await page.close();
  });

  it("isn't on a site that was switched off in the popup, and is again when the panel has switched it on", async () => {
    const url = `${clients.url("10")}&switched=1`;
    const page = await stage.browser.newPage(url);
    const reader = await stage.browser.extensionPage("manifest.json");
    const popup = await stage.browser.extensionPage(`popup.html?tabId=${await tabOf(reader, "switched")}`);
    await popup.click('[data-testid="popup-dont-run"]');
    await popup.waitFor("the popup to say so", () =>
      document.body.innerText.includes("Hubscope doesn't run on 127.0.0.1"),
    );

    await page.reload();
    expect(await scriptsIn(page)).toEqual(NONE);
    const other = await stage.browser.newPage(
      url.replace("127.0.0.1", "localhost").replace("switched", "other"),
    );
    expect(await scriptsIn(other)).toEqual(ALL);
    expect(await connect(page)).toBe("connected");
    expect(await connect(other)).toBe("connected");
    await until("the other site to be recorded", () => isRecorded(reader, "other"));
    expect(await isRecorded(reader, "switched")).toBe(false);
    // The registration outlasts the background.
    await stage.browser.stopBackground();
    await page.reload();
    expect(await scriptsIn(page)).toEqual(NONE);

    const panel = await page.openPanel();
    await panel.waitFor("the panel to say so", () =>
      document.querySelector('[data-testid="barred"][data-state="excluded"]'),
    );
    await panel.click('[data-testid="run-on-site"]');
    await panel.waitFor("the panel to offer a reload", () =>
      document.querySelector('[data-testid="barred"][data-state="not-loaded"]'),
    );
    await panel.click('[data-testid="reload-page"]');
    await panel.waitFor("the panel to wait for a connection", () =>
      document.body.innerText.includes("Waiting for a SignalR connection"),
    );
    expect(await scriptsIn(page)).toEqual(ALL);
    expect(await connect(page)).toBe("connected");
    await until("the page to be recorded", () => isRecorded(reader, "switched"));
    for (const each of [popup, reader, other, page]) await each.close();
  });

  it("is only on sites that were chosen in the settings", async () => {
    const url = `${clients.url("10")}&chosen=1`;
    const page = await stage.browser.newPage(url);
    const panel = await page.openPanel();
    await panel.click('[data-testid="settings"]');
    await panel.click('[data-testid="settings-where-only"]');
    await panel.type('[data-testid="settings-site"]', "two words");
    await panel.click('[data-testid="settings-site-add"]');
    await panel.waitFor("the error", () => document.body.innerText.includes("“two words” is not a site."));
    await panel.click('[data-testid="settings-site"]');
    await panel.press("Escape");
    await panel.type('[data-testid="settings-site"]', "localhost");
    await panel.click('[data-testid="settings-site-add"]');
    await panel.waitFor("the panel to say where it runs", () =>
      document.body.innerText.includes("Hubscope runs only on localhost."),
    );
    const has = async (address: string, what: boolean[]): Promise<void> => {
      const opened = await stage.browser.newPage(address);
      expect(await scriptsIn(opened)).toEqual(what);
      await opened.close();
    };
    await has(url, NONE);
    await has(url.replace("127.0.0.1", "localhost"), ALL);

    await panel.click('[data-testid="settings-where-everywhere"]');
    await panel.waitFor("it to run everywhere", () =>
      document.body.innerText.includes("Hubscope runs on all sites."),
    );
    await has(url, ALL);
    await page.close();
  });
});
