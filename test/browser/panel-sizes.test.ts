/** The real panel at the smallest heights and widths of DevTools, in both browsers. */
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startNodeHub } from "../harness/hubs/node/node-hub.ts";
import type { RunningHub } from "../harness/hubs/running-hub.ts";
import type { Size } from "../harness/browser/index.ts";
import { PanelSession } from "../harness/panel-session.ts";
import { describeBrowsers } from "../harness/stage.ts";

describeBrowsers("the panel's sizes", (stage) => {
  let hub: RunningHub;
  let panel: PanelSession;
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "hubscope-sizes-"));
    hub = await startNodeHub();
    const page = await stage.openBoard(hub);
    panel = new PanelSession(await page.openPanel());
    await panel.waitForHubs("connected");
  });
  afterAll(async () => {
    await hub.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const resize = (size: Size): Promise<void> => panel.target.screenshot(path.join(folder, "panel.png"), size);
  /** The height of an element, and whether all of it is visible; null if it doesn't exist. */
  const boxOf = (testId: string): Promise<{ height: number; inView: boolean } | null> =>
    panel.target.evaluate((id) => {
      const box = document.querySelector(`[data-testid="${id}"]`)?.getBoundingClientRect();
      if (!box) return null;
      const { left, right, top, bottom, height } = box;
      return { height, inView: left >= 0 && right <= innerWidth && top >= 0 && bottom <= innerHeight };
    }, testId);
  const isWithin = (): Promise<boolean> =>
    panel.target.evaluate(
      () => document.documentElement.scrollWidth <= innerWidth && document.body.scrollHeight <= innerHeight,
    );

  it("gives the space to the timeline while there are no interruptions, also at 250 px", async () => {
    await resize({ width: 1280, height: 250 });
    const timeline = await boxOf("timeline");
    expect(timeline?.inView).toBe(true);
    expect(timeline?.height).toBeGreaterThan(150);
    expect((await boxOf("no-interruptions"))?.height).toBeLessThan(30);
  });

  it("still shows the timeline in 250 px once there is an interruption", async () => {
    await panel.inject("abrupt-loss");
    await panel.waitForInterruptions(1);
    const timeline = await boxOf("timeline");
    expect(timeline?.inView).toBe(true);
    expect(timeline?.height).toBeGreaterThan(110);
    // At so little height a row is one line, and completely visible.
    const row = await boxOf("interruption-row");
    expect(row?.inView).toBe(true);
    expect(row?.height).toBeGreaterThan(18);
  });

  it("has the columns of a list below their titles, also beside a scroll bar", async () => {
    await resize({ width: 1280, height: 250 });
    await panel.tab("messages");
    const { titles, cells } = await panel.target.waitFor("a list that scrolls", () => {
      const list = document.querySelector('[data-testid="message-list"] .vlist');
      if (!list || list.scrollHeight <= list.clientHeight) return null;
      const edges = (row: Element | null): number[] =>
        [...(row?.children ?? [])].map((cell) => Math.round(cell.getBoundingClientRect().left));
      return {
        titles: edges(document.querySelector(".mrow.head")),
        cells: edges(list.querySelector(".mrow")),
      };
    });
    expect(cells).toHaveLength(8);
    expect(titles).toEqual(cells);
    await panel.tab("interruptions");
  });

  it.each([320, 420])("everything can be reached at %d px", async (width) => {
    await resize({ width, height: 720 });
    for (const id of ["record", "clear", "recording-picker", "filter", "break-menu", "more-menu"])
      expect((await boxOf(id))?.inView, id).toBe(true);
    for (const id of ["all-views", "fold-timeline", "timeline"])
      expect((await boxOf(id))?.inView, id).toBe(true);
    await panel.target.click('[data-testid="more-menu"]');
    for (const id of ["more-suspend", "export-html", "export-json", "more-settings"])
      expect((await boxOf(id))?.inView, id).toBe(true);
    await panel.target.click('[data-testid="more-settings"]');
    expect((await boxOf("settings-payloads"))?.inView).toBe(true);
    await panel.target.press("Escape");
    await panel.target.click('[data-testid="all-views"]');
    await panel.target.click('[data-testid="view-report"]');
    expect((await boxOf("report-html"))?.inView).toBe(true);
    expect((await boxOf("tab-report"))?.inView).toBe(true);
    expect(await isWithin()).toBe(true);
    await panel.tab("interruptions");
  });

  it("keeps Stop all visible with three running faults at 1280 px", async () => {
    await resize({ width: 1280, height: 720 });
    // Each running fault moves what is below it: a click that was on its way would miss.
    await panel.inject("latency", { seconds: 100 });
    await panel.waitForRunning("latency");
    await panel.inject("drop-messages", { seconds: 100 });
    await panel.waitForRunning("latency", "drop-messages");
    await panel.inject("duplicate-messages", { seconds: 100 });
    await panel.waitForRunning("latency", "drop-messages", "duplicate-messages");
    expect((await boxOf("fault-stop-all"))?.inView).toBe(true);
    await resize({ width: 320, height: 720 });
    expect((await boxOf("fault-stop-all"))?.inView).toBe(true);
    await panel.target.click('[data-testid="fault-stop-all"]');
    await panel.waitForRunning();
  });
});
