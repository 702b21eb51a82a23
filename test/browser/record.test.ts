import { expect, it } from "vitest";
import type { HubMessage, RecordedEvent } from "../../extension/core/events/events.ts";
import { until, type TestPage } from "../harness/browser/index.ts";
import { PanelSession } from "../harness/panel-session.ts";
import { turnPayloadsOn } from "../harness/payloads.ts";
import {
  describeBrowsers,
  describeHubs,
  describeRealHub,
  reconnect,
  waitForState,
} from "../harness/stage.ts";
import { readStore } from "../harness/stored.ts";

const messages = (events: readonly RecordedEvent[], direction: "in" | "out"): HubMessage[] =>
  events.filter((event): event is HubMessage => event.kind === "message" && event.direction === direction);

/** Opens the panel. From then on payloads are recorded, and every message is recorded, not only counted. */
const openPanel = async (page: TestPage): Promise<PanelSession> =>
  new PanelSession(await turnPayloadsOn(page, () => page.openPanel()));

describeBrowsers("recording", (stage) => {
  describeHubs((hub) => {
    it("continues without payloads while DevTools is closed, and the panel shows it later", async () => {
      const page = await stage.openBoard(hub());
      await page.evaluate(() => window.demo.connection.invoke("Echo", "a secret of the app"));
      await reconnect(page, hub());

      const panel = new PanelSession(await page.openPanel());
      await panel.waitForHubs("connected");
      expect(await panel.waitForInterruptions(1)).toMatchObject([
        { outcome: "reconnected", cause: "abrupt-loss", path: "/hubs/board" },
      ]);
      const [recording] = await readStore(panel.target);
      expect(recording?.events.some((event) => event.kind === "message" && event.target === "Echo")).toBe(
        true,
      );
      expect(JSON.stringify(recording)).not.toContain("a secret of the app");
      await page.close();
    });

    it("agrees with the server's log and the page's messages", async () => {
      await hub().control({ do: "reset" });
      const page = await stage.openBoard(hub());
      const panel = await openPanel(page);
      await panel.waitForHubs("connected");
      const got = await page.evaluate(async () => {
        const { connection } = window.demo;
        let flood = 0;
        const all = new Promise<void>((resolve) => {
          connection.on("flood", () => {
            if (++flood === 300) resolve();
          });
        });
        await connection.invoke("Flood", 300, 50);
        await all;
        const sum = await connection.invoke<number>("Add", 19, 23);
        const failed = await connection
          .invoke<string>("Fail", "as asked")
          .catch((error: unknown) => String(error));
        return { flood, sum, failed, id: connection.connectionId };
      });
      expect(got).toMatchObject({ flood: 300, sum: 42 });
      const own = await until("all messages to be stored", async () => {
        const found = (await readStore(panel.target)).find(({ events }) =>
          events.some((event) => event.kind === "hub-state" && event.connectionId === got.id),
        );
        return (
          found &&
          messages(found.events, "in").some((message) => message.error?.includes("as asked")) &&
          found.events
        );
      });
      expect(messages(own, "in").filter((message) => message.target === "flood")).toHaveLength(300);
      // The messages that the server received on this connection, in the order of its log.
      const log = (await hub().log()).filter(
        (entry) => entry.connectionId === got.id && entry.event === "received",
      );
      const received = log
        .map((entry) => entry.detail?.split(" ")[1])
        .filter((target) => target !== undefined);
      const sent = messages(own, "out").flatMap((message) => message.target ?? []);
      expect(sent).toEqual(received);
      // There is no gap, and no event is stored twice.
      expect(own.map(({ seq }) => seq)).toEqual(own.map((_, i) => i + 1));
      await page.close();
    });
  });
});

describeBrowsers("the panel", (stage) => {
  describeRealHub((hub) => {
    it("shows messages with their payload while the panel is open, and the decoded payload beside them", async () => {
      const page = await stage.openBoard(hub());
      const panel = await openPanel(page);
      await panel.waitForHubs("connected");
      // Unique to this test, because the store also contains recordings of other tests.
      const needle = `needle-${stage.name}-${hub().kind}`;
      await page.evaluate((text) => window.demo.connection.invoke("Echo", text), needle);
      await panel.tab("messages");
      await panel.target.type('[data-testid="filter"]', `${needle} type:invocation`);
      await panel.target.waitFor("the filtered row", () => {
        const rows = [...document.querySelectorAll<HTMLElement>('[data-testid="message-row"]')];
        return rows.length > 0 && rows.every((row) => row.innerText.includes("Echo"));
      });
      await panel.target.click('[data-testid="message-row"]');
      await panel.target.waitFor(
        "the decoded message",
        (text) =>
          document.querySelector<HTMLElement>('[data-testid="message-detail"]')?.innerText.includes(text),
        needle,
      );
      await page.close();
    });

    it("survives a reload and a reopened panel: each page has its recording, and the live one continues", async () => {
      const page = await stage.openBoard(hub());
      let panel = new PanelSession(await page.openPanel());
      await panel.waitForHubs("connected");
      const before = await readStore(panel.target);
      await page.reload();
      await waitForState(page, "Connected");
      await until("the reloaded page's recording", async () => {
        const after = await readStore(panel.target);
        const fresh = after.filter(({ page: { page: id } }) => !before.some((old) => old.page.page === id));
        return (
          fresh.length === 1 &&
          fresh[0]?.events.some((event) => event.kind === "hub-state" && event.to === "Connected")
        );
      });
      await panel.waitForHubs("connected");
      // The recording of the page that was left contains everything up to its last event.
      const left = (await readStore(panel.target)).find(
        ({ page: { page: id } }) => id === before.at(-1)?.page.page,
      );
      expect(left?.events.at(-1)).toMatchObject({ kind: "lifecycle", phase: "pagehide", persisted: false });

      await page.closePanel();
      await page.evaluate(() => window.demo.connection.invoke("Echo", "meanwhile"));
      panel = new PanelSession(await page.openPanel());
      await panel.waitForHubs("connected");
      expect(await panel.interruptions()).toEqual([]);
      await page.close();
    });
  });
});
