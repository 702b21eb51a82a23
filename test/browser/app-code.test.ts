/** Mistakes of an app, in a real browser with the real client: recorded, shown in the panel, and nothing changes for the app. */
import { expect, it } from "vitest";
import { until } from "../harness/browser/index.ts";
import { PanelSession } from "../harness/panel-session.ts";
import { turnPayloadsOn } from "../harness/payloads.ts";
import { describeBrowsers, describeHubs } from "../harness/stage.ts";
import { readStore } from "../harness/stored.ts";

describeBrowsers("mistakes of the app", (stage) => {
  describeHubs((hub) => {
    it("are recorded with their place in the app's code, and shown in the panel", async () => {
      const page = await stage.openBoard(hub());
      const panel = new PanelSession(await turnPayloadsOn(page, () => page.openPanel()));
      await panel.waitForHubs("connected");
      const said = await page.evaluate(
        async (): Promise<{ again: unknown; early: unknown; handled: number }> => {
          const { connection } = window.demo;
          const words = (error: unknown): string => String(error);
          const again = await connection.start().catch(words);
          const twice = (): Promise<unknown> => connection.invoke("Flood", 3, 10);
          let handled = 0;
          for (let i = 0; i < 2; i++)
            connection.on("flood", () => {
              handled++;
            });
          await twice();
          await connection.stop();
          const early: unknown = await connection.invoke("Echo", 1).catch(words);
          return { again, early, handled };
        },
      );
      expect(said).toEqual({
        again: expect.stringContaining("not in the 'Disconnected' state") as string,
        early: expect.stringContaining("not in the 'Connected' State") as string,
        handled: 6,
      });
      const events = await until("all of them to be stored", async () => {
        const found = (await readStore(panel.target)).flatMap((recording) => recording.events);
        const mistakes = found.filter((event) => event.kind === "app-mistake");
        return mistakes.length >= 3 && found;
      });
      const mistakes = events.filter((event) => event.kind === "app-mistake");
      expect(mistakes.map(({ mistake, target, count }) => [mistake, target, count])).toEqual([
        ["started-twice", undefined, 1],
        ["handlers-doubled", "flood", 2],
        ["not-connected", "Echo", 1],
      ]);
      const sites = events.filter((event) => event.kind === "call-site");
      expect(sites.map(({ method, target }) => [method, target])).toContainEqual(["invoke", "Flood"]);
      // None of our own functions is among the frames.
      expect(sites.map(({ stack }) => stack).join()).not.toMatch(/extension:/);
      await page.close();
    });
  });
});
