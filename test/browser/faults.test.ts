import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { PANEL_LEASE } from "../../extension/messages/extension.ts";
import type { RunningHub } from "../harness/hubs/running-hub.ts";
import { until, type TestPage } from "../harness/browser/index.ts";
import { globals } from "../harness/globals.ts";
import { PanelSession } from "../harness/panel-session.ts";
import {
  describeBrowsers,
  describeRealHub,
  logCallbacks,
  waitForState,
  type Stage,
} from "../harness/stage.ts";
import { readStore } from "../harness/stored.ts";

const LOST = "reconnecting: WebSocket closed with status code: 1006 (no reason given).";

/** One page and panel, shared by all tests of a browser and a server, because opening them takes time. */
interface Broken {
  readonly page: TestPage;
  readonly panel: PanelSession;
  /** The app's callbacks since the last `fresh()`. */
  told(): Promise<string[]>;
  /** The number of interruptions so far. */
  count: number;
}

async function openBroken(stage: Stage, hub: RunningHub): Promise<Broken> {
  const page = await stage.openBoard(hub, "retry=300");
  const panel = new PanelSession(await page.openPanel());
  await panel.waitForHubs("connected");
  await logCallbacks(page);
  return { page, panel, told: () => page.evaluate(() => window.told), count: 0 };
}

/** Prepares each test: the app is connected, its log of callbacks is empty, and no dialog is open. */
async function fresh({ page, panel }: Broken): Promise<void> {
  await waitForState(page, "Connected");
  await panel.waitForHubs("connected");
  await page.evaluate(() => void window.told.splice(0));
}

/** Waits until the fault's interruption is over, and checks that it is the only new one. */
async function expectReconnected(broken: Broken): Promise<void> {
  const rows = await broken.panel.waitForInterruptions(++broken.count);
  expect(rows).toHaveLength(broken.count);
  expect(rows.every(({ cause, outcome }) => cause === "injected" && outcome === "reconnected")).toBe(true);
}

const reconnected = (page: TestPage): Promise<boolean> =>
  page.waitFor(
    "the app to be told that it is connected again",
    () =>
      window.told.some((line) => line.startsWith("reconnected")) &&
      (window.demo.connection.state as string) === "Connected",
  );

describeBrowsers("faults", (stage) => {
  describeRealHub((hub) => {
    let broken: Broken;
    let before = "";
    beforeAll(async () => {
      broken = await openBroken(stage, hub());
      before = await globals(broken.page);
    });
    beforeEach(() => fresh(broken));
    afterAll(() => broken.page.close());

    it("abrupt loss: the app sees the effects of a dead network, the server notices nothing yet", async () => {
      const { page, panel, told } = broken;
      const id = await page.evaluate(() => window.demo.connection.connectionId);
      await panel.inject("abrupt-loss");
      await reconnected(page);
      expect(await told()).toEqual([LOST, "reconnected: an id"]);
      await expectReconnected(broken);
      const log = await hub().log();
      expect(log.filter((entry) => entry.connectionId === id && entry.event === "socket closed")).toEqual([]);
      expect(await globals(page)).toBe(before);
    });

    it("graceful loss: the app sees the same, and the server receives a close frame", async () => {
      const { page, panel, told } = broken;
      const id = await page.evaluate(() => window.demo.connection.connectionId);
      await panel.inject("graceful-loss");
      await reconnected(page);
      expect(await told()).toEqual([LOST, "reconnected: an id"]);
      await until("the server to see the close", async () =>
        (await hub().log()).some((entry) => entry.connectionId === id && entry.event === "socket closed"),
      );
      await expectReconnected(broken);
    });

    it("server Close: with allowReconnect the client reconnects", async () => {
      const { page, panel, told } = broken;
      await panel.inject("server-close");
      await reconnected(page);
      expect((await told())[0]).toMatch(/^reconnecting: /);
      await expectReconnected(broken);
    });

    it("offline: the page gets its events, connects are refused, and the app reconnects by itself at the end", async () => {
      const { page, panel, told } = broken;
      await panel.inject("offline", { seconds: 1.5 });
      await panel.waitForRunning("offline");
      await reconnected(page);
      const lines = await told();
      expect(lines[0]).toBe("offline, onLine false");
      expect(lines[1]).toBe(LOST);
      expect(lines.indexOf("online, onLine true")).toBeLessThan(lines.indexOf("reconnected: an id"));
      await expectReconnected(broken);
      await panel.waitForRunning();
      expect(await globals(page)).toBe(before);
    });

    it("suspend: the page is hidden and frozen without timers and messages; then come resume, the loss, and late timers", async () => {
      const { page, panel, told } = broken;
      const timer = await page.evaluate(() => window.setInterval(() => window.told.push("timer"), 100));
      await page.waitFor("the timer to run", () => window.told.includes("timer"));
      await panel.inject("suspend", { seconds: 2 });
      await reconnected(page);
      await page.waitFor("the timer to go on", () => window.told.at(-1) === "timer");
      await page.evaluate((id) => {
        clearInterval(id);
      }, timer);
      const lines = await told();
      expect(lines.slice(lines.indexOf("freeze") + 1, lines.indexOf("resume"))).toEqual([]);
      expect(lines[lines.indexOf("freeze") - 1]).toBe("hidden");
      const after = lines.slice(lines.indexOf("resume") + 1);
      expect(after).toContain(LOST);
      expect(after).toContain("timer");
      expect(after.indexOf(LOST)).toBeLessThan(after.indexOf("timer"));
      await expectReconnected(broken);
      expect(await globals(page)).toBe(before);
    });

    it("undo by hand: the connection continues as if nothing had happened", async () => {
      const { page, panel, told } = broken;
      const id = await page.evaluate(() => window.demo.connection.connectionId);
      await panel.inject("half-open");
      await panel.waitForRunning("half-open");
      await panel.target.click('[data-testid="fault-undo"]');
      await panel.waitForRunning();
      expect(await page.evaluate(() => window.demo.connection.invoke("Add", 1, 2))).toBe(3);
      expect(await page.evaluate(() => window.demo.connection.connectionId)).toBe(id);
      expect(await told()).toEqual([]);
      expect(await panel.interruptions()).toHaveLength(broken.count);
    });

    it("half-open: the client receives nothing until its own timeout", async () => {
      const { page, panel, told } = broken;
      // The new timeout applies from the next message on.
      await page.evaluate(() => {
        window.demo.connection.serverTimeoutInMilliseconds = 2_000;
        return window.demo.connection.invoke("Echo", 1);
      });
      await panel.inject("half-open");
      await reconnected(page);
      await page.evaluate(() => void (window.demo.connection.serverTimeoutInMilliseconds = 30_000));
      expect((await told())[0]).toBe(
        "reconnecting: Server timeout elapsed without receiving a message from the server.",
      );
      await panel.waitForRunning();
      await expectReconnected(broken);
    });

    it("every fault ends when the panel is closed", async () => {
      const { page, panel, told } = broken;
      await panel.inject("offline", { seconds: 120 });
      await panel.waitForRunning("offline");
      const closing = Date.now();
      await page.closePanel();
      await page.waitFor(
        "the page to be online again",
        () => navigator.onLine && window.told.includes("online, onLine true"),
      );
      // Long before the panel's lease runs out.
      expect(Date.now() - closing).toBeLessThan(PANEL_LEASE / 2);
      await reconnected(page);
      expect(await told()).toContain("reconnected: an id");
      broken = { ...broken, panel: new PanelSession(await page.openPanel()) };
      await expectReconnected(broken);
      const end = (await readStore(broken.panel.target))
        .flatMap(({ events }) => events)
        .findLast((event) => event.kind === "fault-ended");
      expect(end).toMatchObject({ reason: "panel-closed" });
    });

    it("server Close: without allowReconnect the connection is over", async () => {
      const { page, panel, told } = broken;
      await panel.tab("faults");
      await panel.target.click('[data-testid="fault-server-close"]');
      await panel.target.click('.fault-form input[type="checkbox"]');
      await panel.target.click('[data-testid="fault-inject"]');
      await waitForState(page, "Disconnected");
      expect(await told()).toEqual(["closed: no error"]);
      await panel.waitForHubs("disconnected");
      expect((await panel.interruptions()).filter((row) => row.outcome === "closed-by-server")).toMatchObject(
        [{ cause: "injected" }],
      );
    });
  });

  describeRealHub((hub) => {
    it("stop() by the app is no interruption; discard really discards the tab, and its recording is kept", async () => {
      const { page, panel } = await openBroken(stage, hub());
      await page.evaluate(() => window.demo.connection.stop());
      await panel.waitForHubs("stopped");
      expect(await panel.interruptions()).toEqual([]);

      const reader = await stage.browser.extensionPage("popup.html");
      await page.bringToFront();
      await panel.inject("discard");
      // A discarded tab that is in front is loaded again at once, with `document.wasDiscarded` set by Chromium.
      await until("the tab to be discarded", async () => {
        const asleep = await reader.evaluate(async () => {
          const { chrome: api } = globalThis as unknown as {
            chrome: { tabs: { query: (what: object) => Promise<unknown[]> } };
          };
          return (await api.tabs.query({ discarded: true })).length > 0;
        });
        const stored = (await readStore(reader)).flatMap(({ events }) => events);
        return asleep || stored.some((event) => event.kind === "page" && event.wasDiscarded);
      });
      const stored = await readStore(reader);
      const discarded = stored.filter(({ events }) =>
        events.some((event) => event.kind === "fault" && event.command.name === "discard"),
      );
      expect(
        discarded.at(-1)?.events.some((event) => event.kind === "hub-state" && event.to === "Disconnected"),
      ).toBe(true);
      await reader.close();
    });
  });
});
