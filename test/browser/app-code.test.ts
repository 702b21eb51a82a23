/** Mistakes of an app, in a real browser with the real client: recorded, and nothing changes for the app. */
import { expect, it } from "vitest";
import { until } from "../harness/browser/index.ts";
import { PanelSession } from "../harness/panel-session.ts";
import { turnPayloadsOn } from "../harness/payloads.ts";
import { describeBrowsers, describeHubs } from "../harness/stage.ts";
import { readStore } from "../harness/stored.ts";

describeBrowsers("mistakes of the app", (stage) => {
  describeHubs((hub) => {
    it("are recorded with their place in the app's code", async () => {
      const page = await stage.openBoard(hub());
      const panel = new PanelSession(await turnPayloadsOn(page, () => page.openPanel()));
      await panel.waitForHubs("connected");
      const id = await page.evaluate(() => window.demo.connection.connectionId ?? "");
      const handled = await page.evaluate(async () => {
        const { connection } = window.demo;
        // As the page's own code, and not caught: so the browser tells of it.
        const script = document.createElement("script");
        script.textContent = "void window.demo.connection.start()";
        document.body.append(script);
        let handled = 0;
        for (let i = 0; i < 2; i++)
          connection.on("flood", () => {
            handled++;
          });
        await connection.invoke("Flood", 3, 10);
        await connection.stop();
        return handled;
      });
      expect(handled).toBe(6);
      const events = await until("all of them to be stored", async () => {
        const found = (await readStore(panel.target)).find(({ events: own }) =>
          own.some((event) => event.kind === "hub-state" && event.connectionId === id),
        )?.events;
        if (!found) return false;
        const mistakes = found.filter((event) => event.kind === "app-mistake");
        return mistakes.length >= 2 && found.some((event) => event.kind === "call-site") && found;
      });
      const mistakes = events.filter((event) => event.kind === "app-mistake");
      expect(mistakes.map(({ mistake, target, count }) => [mistake, target, count])).toEqual([
        ["started-twice", undefined, 1],
        ["handlers-doubled", "flood", 2],
      ]);
      const sites = events.filter((event) => event.kind === "call-site");
      expect(sites.map(({ method }) => method)).toContain("stop");
      // None of our own functions is among the frames.
      expect(sites.map(({ stack }) => stack).join()).not.toMatch(/extension:|anonymous code/);
      await page.close();
    });
  });
});
