import { expect, it } from "vitest";
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import { until } from "../harness/browser/index.ts";
import { describeBrowsers, describeRealHub } from "../harness/stage.ts";
import { readStore } from "../harness/stored.ts";

const CALLS = 120;

/** Counts the sent invocations, both those recorded one by one and those only counted. */
function countCalls(events: readonly RecordedEvent[]): number {
  let calls = 0;
  for (const event of events) {
    if (event.kind === "message" && event.direction === "out" && event.type === 1 && !event.counted) calls++;
    if (event.kind === "counts")
      for (const { direction, type, count } of event.counts)
        if (direction === "out" && type === 1) calls += count;
  }
  return calls;
}

describeBrowsers("a background stopped in mid-recording", (stage) => {
  describeRealHub((hub) => {
    it("loses nothing and stores nothing twice", async () => {
      const page = await stage.openBoard(hub());
      const id = await page.evaluate(() => window.demo.connection.connectionId);
      // The page makes calls while the background is stopped repeatedly.
      await page.evaluate((calls) => {
        window.told = [];
        void (async () => {
          for (let i = 0; i < calls; i++) {
            await window.demo.connection.invoke("Echo", i);
            await new Promise((resolve) => setTimeout(resolve, 40));
          }
          window.told.push("done");
        })();
      }, CALLS);
      let stops = 0;
      await until("the calls to be over", async () => {
        await stage.browser.stopBackground();
        stops++;
        return page.evaluate(() => window.told.includes("done"));
      });
      expect(stops).toBeGreaterThan(3);
      const reader = await stage.browser.extensionPage("popup.html");
      // One JoinBoard at the start, and the calls. Some are recorded one by one; on a busy connection they are counted per
      // second.
      const expected = CALLS + 1;
      const events = await until("the last call to be stored", async () => {
        const own = (await readStore(reader)).find((stored) =>
          stored.events.some((event) => event.kind === "hub-state" && event.connectionId === id),
        );
        return own && countCalls(own.events) >= expected && own.events;
      });
      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
      expect(countCalls(events)).toBe(expected);
      expect(events.filter((event) => event.kind === "dropped")).toEqual([]);
      await reader.close();
      await page.close();
    });
  });
});
