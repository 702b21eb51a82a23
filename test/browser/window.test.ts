/** The panel in a window of its own: its life with its tab, beside DevTools, and after both. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import { PANEL_LEASE } from "../../extension/messages/extension.ts";
import { startNodeHub } from "../harness/hubs/node/node-hub.ts";
import type { RunningHub } from "../harness/hubs/running-hub.ts";
import { until, type TestPage } from "../harness/browser/index.ts";
import { PanelSession } from "../harness/panel-session.ts";
import { describeBrowsers, waitForState } from "../harness/stage.ts";
import { readStore } from "../harness/stored.ts";
import {
  closeTab,
  discardTab,
  goToTab,
  minimizeWindow,
  openWindow,
  tabIdOf,
  waitForPayload,
  windowsOf,
} from "../harness/window-of.ts";

/** Faults that end because the background is told end long before. */
const AT_ONCE = PANEL_LEASE / 2;

describeBrowsers("a window of its own", (stage) => {
  let hub: RunningHub;
  /** A page of the extension, to ask the browser and the store. */
  let reader: TestPage;
  let page: TestPage;
  let tabId: number;
  let panel: PanelSession;
  beforeAll(async () => {
    hub = await startNodeHub();
    reader = await stage.browser.extensionPage("popup.html");
    page = await stage.openBoard(hub);
    tabId = await tabIdOf(reader, page);
  });
  afterAll(() => hub.stop());

  const echo = (text: string, of = page): Promise<unknown> =>
    of.evaluate((said) => window.demo.connection.invoke("Echo", said).then(() => true), text);
  const eventsOf = async (): Promise<RecordedEvent[]> =>
    (await readStore(reader))
      .filter(({ page: { tabId: id } }) => id === tabId)
      .flatMap(({ events }) => events);
  const lastFaultEnd = async (): Promise<string | undefined> =>
    (await eventsOf()).findLast((event) => event.kind === "fault-ended")?.reason;
  /** Makes calls until one is recorded with or without its payload. */
  const untilPayloads = (on: boolean): Promise<unknown> =>
    until(`payloads to be ${on ? "on" : "off"}`, async () => {
      await echo("with or without");
      const last = (await eventsOf()).findLast(
        (event) => event.kind === "message" && event.target === "Echo",
      );
      return last?.kind === "message" && (last.payload !== undefined) === on;
    });
  /** The recording that the window shows. */
  const shown = (): Promise<string | undefined> =>
    panel.target.evaluate(
      () => document.querySelector<HTMLElement>('[data-testid="recording-picker"]')?.dataset["recording"],
    );
  const reload = async (): Promise<void> => {
    const before = await shown();
    await page.reload();
    await waitForState(page, "Connected");
    await until("the reloaded page", async () => (await shown()) !== before);
    await panel.waitForHubs("connected");
  };
  const titleOf = (of: PanelSession): Promise<string> => of.target.evaluate(() => document.title);
  const host = (): string => new URL(stage.demo.url).host;

  it("is opened from the popup by keyboard, and shows the tab live, with payloads", async () => {
    panel = await openWindow(stage.browser, tabId, async (popup) => {
      await popup.waitFor("the button", () => document.querySelector('[data-testid="open-window"]') !== null);
      await popup.press("Tab");
      expect(await popup.evaluate(() => document.activeElement?.textContent)).toBe("Open Hubscope");
      // The popup closes itself, in Chromium before the key is up.
      await popup.press("Enter").catch(() => undefined);
    });
    await panel.waitForHubs("connected");
    await until("payloads to be wanted", async () => {
      await echo("in the window");
      return JSON.stringify(await eventsOf()).includes("in the window");
    });
    await waitForPayload(panel, "in the window");
    expect(await titleOf(panel)).toBe(`${host()} – Hubscope`);
    expect(await windowsOf(reader, tabId)).toMatchObject([{ type: "popup" }]);
  });

  it("comes to the front when it is opened again", async () => {
    await minimizeWindow(reader, tabId);
    const isShown = async (): Promise<boolean> => {
      const [own] = await windowsOf(reader, tabId);
      return own?.state === "normal" && own.focused;
    };
    await until("it to be out of sight", async () => !(await isShown()));
    await openWindow(stage.browser, tabId);
    await until("it to be in front", isShown);
    expect(await windowsOf(reader, tabId)).toHaveLength(1);
  });

  it("injects faults and undoes them", async () => {
    const id = await page.evaluate(() => window.demo.connection.connectionId);
    await panel.inject("half-open");
    await panel.waitForRunning("half-open");
    await panel.target.click('[data-testid="fault-undo"]');
    await panel.waitForRunning();
    expect(await page.evaluate(() => window.demo.connection.invoke("Add", 1, 2))).toBe(3);
    expect(await page.evaluate(() => window.demo.connection.connectionId)).toBe(id);
    await until("the end of the fault", async () => (await lastFaultEnd()) === "undone");
  });

  it("runs a scenario", async () => {
    // The calls of earlier tests look like those of a start, which the app would have to repeat.
    await reload();
    await panel.tab("scenarios");
    await panel.target.click('[data-scenario="wifi-drop-5s"] [data-testid="scenario-run-one"]');
    const verdicts = await panel.target.waitFor("the verdicts", () => {
      const all = [...document.querySelectorAll<HTMLElement>('[data-testid="expectation"]')];
      return (
        document.querySelector('[data-testid="scenario-running"]') === null &&
        all.length > 0 &&
        all.map((one) => `${one.dataset["verdict"] ?? ""}: ${one.innerText}`)
      );
    });
    expect(verdicts).toHaveLength(5);
    expect(verdicts.filter((verdict) => verdict.startsWith("fail"))).toEqual([]);
    await waitForState(page, "Connected");
  });

  it("goes on when the background is stopped, and so do its faults", async () => {
    await panel.inject("latency");
    await panel.waitForRunning("latency");
    await stage.browser.stopBackground();
    await echo("after the stop");
    await waitForPayload(panel, "after the stop");
    // Stopped once more, it loses the port that the panel has opened since.
    await stage.browser.stopBackground();
    await echo("after another stop");
    await waitForPayload(panel, "after another stop");
    await panel.tab("faults");
    await panel.waitForRunning("latency");
    expect(await lastFaultEnd()).not.toBe("panel-closed");
    await panel.target.click('[data-testid="fault-undo"]');
    await panel.waitForRunning();
  });

  it("follows its tab through a reload and to another page", async () => {
    await reload();
    const second = await shown();
    const elsewhere = (await page.url()).replace("127.0.0.1", "localhost");
    await page.goto(elsewhere);
    await waitForState(page, "Connected");
    await until("the other page", async () => (await shown()) !== second);
    await panel.waitForHubs("connected");
    await until("its name", async () => (await titleOf(panel)) === `${new URL(elsewhere).host} – Hubscope`);
    await untilPayloads(true);
  });

  it("shares its tab with DevTools: what one injects lasts until both are closed", async () => {
    const devtools = new PanelSession(await page.openPanel());
    await devtools.waitForHubs("connected");
    await panel.inject("latency");
    await devtools.tab("faults");
    await devtools.waitForRunning("latency");
    await panel.target.evaluate(() => {
      setTimeout(() => {
        window.close();
      });
    });
    await until("the window to close", async () => (await windowsOf(reader, tabId)).length === 0);
    await echo("with one left");
    await waitForPayload(devtools, "with one left");
    await devtools.tab("faults");
    await devtools.waitForRunning("latency");
    expect(await lastFaultEnd()).not.toBe("panel-closed");
    const closing = Date.now();
    await page.closePanel();
    await until("the fault to end", async () => (await lastFaultEnd()) === "panel-closed");
    expect(Date.now() - closing).toBeLessThan(AT_ONCE);
    await untilPayloads(false);
  });

  it("that is closed ends its faults at once, and payloads are off", async () => {
    const before = (await eventsOf()).filter((event) => event.kind === "fault-ended").length;
    panel = await openWindow(stage.browser, tabId);
    await panel.waitForHubs("connected");
    await untilPayloads(true);
    await panel.inject("latency");
    await panel.waitForRunning("latency");
    const closing = Date.now();
    await (panel.target as TestPage).close();
    await until(
      "the fault to end",
      async () => (await eventsOf()).filter((event) => event.kind === "fault-ended").length > before,
    );
    expect(Date.now() - closing).toBeLessThan(AT_ONCE);
    expect(await lastFaultEnd()).toBe("panel-closed");
    await untilPayloads(false);
  });

  it("that the browser restores in its next session belongs to no tab, whatever tab has its number", async () => {
    const restored = await stage.browser.extensionPage(`panel.html?tabId=${tabId}&session=99`);
    await restored.waitFor("the notice", () => document.body.innerText.includes("The tab was closed"));
    expect(await restored.evaluate(() => document.querySelector('[data-testid="hub-group"]'))).toBeNull();
    await untilPayloads(false);
    await restored.close();
  });

  it("belongs to one tab: two tabs have two windows", async () => {
    const other = await stage.openBoard(hub, "second=1");
    const otherId = await tabIdOf(reader, other);
    panel = await openWindow(stage.browser, tabId);
    const second = await openWindow(stage.browser, otherId);
    await Promise.all([panel, second].map((one) => one.waitForHubs("connected")));
    await second.inject("latency");
    await second.waitForRunning("latency");
    await echo("of the second", other);
    await waitForPayload(second, "of the second");
    await echo("of the first");
    await waitForPayload(panel, "of the first");
    expect(await panel.target.evaluate(() => document.body.innerText)).not.toContain("of the second");
    await panel.tab("faults");
    expect(await panel.runningFaults()).toEqual([]);
    await (second.target as TestPage).close();
    await other.close();
  });

  it("follows its tab when the browser discards it, and when it comes back", async () => {
    await reader.bringToFront();
    tabId = await discardTab(reader, tabId);
    await panel.target.waitFor("the notice", () =>
      document
        .querySelector<HTMLElement>('[data-testid="ended-banner"]')
        ?.innerText.includes("discarded this tab"),
    );
    await openWindow(stage.browser, tabId);
    expect(await windowsOf(reader, tabId)).toHaveLength(1);
    await goToTab(reader, tabId);
    await panel.waitForHubs("connected");
    await until("the window to show the new page", () =>
      panel.target.evaluate(
        () =>
          document.querySelector<HTMLElement>('[data-testid="recording-picker"]')?.dataset["live"] === "true",
      ),
    );
  });

  it("stays when its tab is closed, says so, and shows what was recorded, also when it is reloaded", async () => {
    await closeTab(reader, tabId);
    const says = (): Promise<unknown> =>
      panel.target.waitFor("the notice", () =>
        document
          .querySelector<HTMLElement>('[data-testid="ended-banner"]')
          ?.innerText.includes("The tab was closed"),
      );
    await says();
    expect(await titleOf(panel)).toMatch(/^Tab closed: localhost:\d+ – Hubscope$/);
    expect(await panel.hubs()).toHaveLength(1);
    expect(
      await panel.target.evaluate(
        () => document.querySelector<HTMLButtonElement>('[data-testid="suspend"]')?.title,
      ),
    ).toBe("The tab was closed: there is no page to be broken.");
    await (panel.target as TestPage).reload();
    await says();
    expect(await panel.hubs()).toHaveLength(1);
  });
});
