/** The connection doctor in the real panel: asked, watched and read there; its own connections are nobody's. */
import { expect, it } from "vitest";
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import { until, type TestPage } from "../harness/browser/index.ts";
import type { RunningHub } from "../harness/hubs/running-hub.ts";
import { PanelSession } from "../harness/panel-session.ts";
import { describeBrowsers, describeRealHub, waitForState } from "../harness/stage.ts";
import { readStore } from "../harness/stored.ts";

/** What an app's own connection would be in a recording. Pings go on. */
const OF_CONNECTIONS: readonly RecordedEvent["kind"][] = [
  "hub",
  "hub-state",
  "negotiate",
  "socket",
  "socket-closed",
  "handshake",
  "worker-connection",
  "policy-violation",
  "upgrade",
];

const shownFor = (panel: PanelSession, testId: string): Promise<unknown> =>
  panel.target.waitFor(
    `${testId} to be shown`,
    (id) => document.querySelector(`[data-testid="${id}"]`) !== null,
    testId,
  );

describeBrowsers("the doctor in the panel", (stage) => {
  describeRealHub((hub) => {
    const openBoard = async (path: string): Promise<TestPage> => {
      const url = encodeURIComponent(`${hub().url}${path}`);
      const page = await stage.browser.newPage(`${stage.demo.url}?hub=${url}`);
      await waitForState(page, "Connected");
      return page;
    };
    const openDoctor = async (page: TestPage): Promise<PanelSession> => {
      const panel = new PanelSession(await page.openPanel());
      await panel.waitForHubs("connected");
      await panel.tab("doctor");
      await shownFor(panel, "doctor-before");
      return panel;
    };
    const choose = (panel: PanelSession, stay: number): Promise<void> =>
      panel.target.evaluate((value) => {
        const select = document.querySelector<HTMLSelectElement>('[data-testid="doctor-stay"]');
        if (!select) throw new Error("no such choice");
        select.value = String(value);
        select.dispatchEvent(new Event("change", { bubbles: true }));
      }, stay);
    const run = (panel: PanelSession): Promise<void> => panel.target.click('[data-testid="doctor-run"]');
    /** Runs it until connections are left open, for longer than a test takes. */
    const leaveOpen = async (page: TestPage): Promise<PanelSession> => {
      const panel = await openDoctor(page);
      await choose(panel, 600_000);
      await run(panel);
      await panel.target.waitFor("the remaining time", () =>
        /left/.test(document.querySelector<HTMLElement>('[data-testid="doctor-progress"]')?.innerText ?? ""),
      );
      return panel;
    };
    const eventsOf = async (page: PanelSession["target"]): Promise<readonly RecordedEvent[]> => {
      const all = await readStore(page);
      const [newest] = all.sort((a, b) => b.page.startedAt - a.page.startedAt);
      return newest?.events ?? [];
    };
    const openConnections = async (of: RunningHub): Promise<number> => {
      const log = await of.log();
      const count = (event: string): number => log.filter((entry) => entry.event === event).length;
      return count("connected") - count("disconnected");
    };

    it("finds no problem with a healthy hub, and leaves nothing behind", async () => {
      await hub().control({ do: "reset" });
      const page = await openBoard("/hubs/stateful");
      const panel = await openDoctor(page);
      await choose(panel, 0);
      const pagesBefore = (await readStore(panel.target)).length;
      await run(panel);
      await shownFor(panel, "doctor-result");
      const { where, text } = await panel.target.evaluate(() => {
        const result = document.querySelector<HTMLElement>('[data-testid="doctor-result"]');
        return { where: result?.dataset["where"], text: result?.innerText ?? "" };
      });
      expect({ where, text }).toMatchObject({
        where: "",
        text: expect.stringContaining("Everything that was tried works from here") as string,
      });

      const events = await eventsOf(panel.target);
      const began = events.findIndex(({ kind }) => kind === "doctor");
      const ended = events.findIndex(({ kind }) => kind === "doctor-ended");
      expect([began > 0, ended > began]).toEqual([true, true]);
      expect(events.slice(began, ended).filter(({ kind }) => OF_CONNECTIONS.includes(kind))).toEqual([]);
      expect(events.find(({ kind }) => kind === "doctor-resume")).toMatchObject({
        outcome: stage.name === "chromium" ? "resumed" : "unproven",
      });
      // Nor is the frame in which it loses a connection a page of its own.
      expect((await readStore(panel.target)).length).toBe(pagesBefore);
      expect(await panel.hubs()).toMatchObject([{ path: "/hubs/stateful", state: "connected" }]);
      await until("only the app's connection to be left", async () => (await openConnections(hub())) === 1);
      await page.close();
    });

    it("ends with the panel, and says so", async () => {
      const page = await openBoard("/hubs/board");
      await leaveOpen(page);
      await page.closePanel();
      const again = new PanelSession(await page.openPanel());
      await until("the run to end", async () =>
        (await eventsOf(again.target)).some(
          (event) => event.kind === "doctor-ended" && event.reason === "panel-closed",
        ),
      );
      await page.close();
    });

    it("ends with the page, also with one that may come back", async () => {
      await hub().control({ do: "reset" });
      const page = await openBoard("/hubs/board");
      const panel = await leaveOpen(page);
      await page.goto(stage.demo.url.replace("127.0.0.1", "localhost"));
      // The app's own may go into the back/forward cache with its page.
      await until("the doctor's connections to end", async () => (await openConnections(hub())) <= 1);
      const lost = (await readStore(panel.target)).flatMap(({ events }) =>
        events.filter((event) => event.kind === "doctor-stay" && event.lost),
      );
      expect(lost).toEqual([]);
      await page.close();
    });

    it("is cancelled, and keeps what it has found", async () => {
      const page = await openBoard("/hubs/board");
      const panel = await openDoctor(page);
      await choose(panel, 600_000);
      await run(panel);
      await shownFor(panel, "doctor-fact");
      await panel.target.click('[data-testid="doctor-cancel"]');
      await shownFor(panel, "doctor-early");
      const last = (await eventsOf(panel.target)).findLast(({ kind }) => kind === "doctor-ended");
      expect(last).toMatchObject({ reason: "cancelled" });
      await page.close();
    });
  });
});
