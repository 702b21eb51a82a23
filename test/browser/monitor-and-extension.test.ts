/** A page with `hubscope/monitor` in a browser with the extension: both see the same connection, and the page's own state is right. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { startNodeHub } from "../harness/hubs/node/node-hub.ts";
import type { RunningHub } from "../harness/hubs/running-hub.ts";
import { startCollector, type Collector } from "../harness/monitor/collector.ts";
import { attributesOf, spansIn } from "../harness/monitor/received.ts";
import { serveMonitored, type MonitoredSite } from "../harness/monitor/site.ts";
import { describeBrowsers } from "../harness/stage.ts";
import { readStore } from "../harness/stored.ts";

describeBrowsers(
  "the monitor beside the extension",
  (stage) => {
    let hub: RunningHub;
    let collector: Collector;
    let site: MonitoredSite;
    beforeAll(async () => {
      [hub, collector, site] = await Promise.all([startNodeHub(), startCollector(), serveMonitored()]);
    });
    afterAll(() => Promise.all([hub.stop(), collector.stop(), site.stop()]));

    it("both find the client and its loss", async () => {
      const page = await stage.browser.newPage(site.url({ endpoint: collector.url, sampleRate: 1 }));
      await page.waitFor("the client's page", () => "connect" in window);
      await page.evaluate(
        (url) => window.connect("one", { hub: url, retries: [0, 100, 500] }),
        `${hub.url}/hubs/chat`,
      );
      const state = (): Promise<string | undefined> => page.evaluate(() => window.clients["one"]?.state());
      expect(await state()).toBe("Connected");
      await hub.control({ do: "dropSockets" });
      await page.waitFor("the reconnect", () =>
        window.clients["one"]?.told.some(({ what }) => what === "reconnected"),
      );
      expect(await state()).toBe("Connected");
      await page.evaluate(() => window.monitor.flush());
      const lost = await collector.until((received) =>
        spansIn(received)
          .map(attributesOf)
          .find((values) => values["hubscope.kind"] === "interruption"),
      );
      expect(lost).toMatchObject({ "hubscope.outcome": "reconnected", "hubscope.cause": "abrupt-loss" });
      const reader = await stage.browser.extensionPage("popup.html");
      const states = async (): Promise<string[]> =>
        (await readStore(reader)).flatMap(({ events }) =>
          events.flatMap((event) => (event.kind === "hub-state" ? [event.to] : [])),
        );
      await expect
        .poll(states, { timeout: 10_000 })
        .toEqual(["Connecting", "Connected", "Reconnecting", "Connected"]);
    });
  },
  ["chromium"],
);
