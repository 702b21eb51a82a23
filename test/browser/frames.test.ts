/** A page whose connections are in frames: the target "all frames of the tab" includes each of them, of any origin. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { ClientSettings } from "../harness/clients/page.ts";
import { serveClients, type ServedClients } from "../harness/clients/serve.ts";
import { PanelSession } from "../harness/panel-session.ts";
import { describeBrowsers, describeRealHub } from "../harness/stage.ts";

describeBrowsers("a page with frames", (stage) => {
  let clients: ServedClients;
  beforeAll(async () => {
    clients = await serveClients();
  });
  afterAll(() => clients.stop());

  describeRealHub((hub) => {
    it("a fault affects all frames of the tab, also of another origin, or only the top frame", async () => {
      const settings: ClientSettings = { hub: `${hub().url}/hubs/board`, retries: [0, 200, 1_000] };
      const url = `${clients.url("10")}&frame=1#${encodeURIComponent(JSON.stringify(settings))}`;
      const page = await stage.browser.newPage(url);
      await page.evaluate(
        (addresses) => {
          for (const address of addresses)
            document.body.appendChild(document.createElement("iframe")).src = address;
        },
        [url, url.replace("127.0.0.1", "localhost")],
      );
      const panel = new PanelSession(await page.openPanel());
      await panel.waitForHubs("connected", 3);

      await panel.inject("abrupt-loss");
      const all = await panel.waitForInterruptions(3);
      expect(all.map(({ cause, outcome }) => [cause, outcome])).toEqual(
        [1, 2, 3].map(() => ["injected", "reconnected"]),
      );
      await panel.waitForHubs("connected", 3);

      await panel.tab("faults");
      await panel.target.evaluate(() => {
        const choice = [...document.querySelectorAll<HTMLInputElement>('[data-testid="fault-target"]')].find(
          (radio) => radio.parentElement?.innerText.includes("Top frame only"),
        );
        if (!choice) throw new Error("the top frame isn't offered");
        choice.click();
      });
      await panel.inject("abrupt-loss");
      const rows = await panel.waitForInterruptions(4);
      expect(rows.filter(({ cause }) => cause === "injected")).toHaveLength(4);
      await panel.waitForHubs("connected", 3);
      const done = await panel.target.evaluate(
        () => document.querySelectorAll('[data-testid="interruption-row"]').length,
      );
      expect(done).toBe(4);
      await page.close();
    });
  });
});
