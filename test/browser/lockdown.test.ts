/**
 * `lockdown()` of SES (MetaMask's snaps, wallets, plugin hosts) removes the client probe. Hubscope then sees the connections
 * of such a page only by their traffic, and must still show them correctly: each in its own lane, stop() not as a loss, and a
 * loss as a loss.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import { createReducer } from "../../extension/core/model/reducer.ts";
import type { HubConnectionModel } from "../../extension/core/model/types.ts";
import { serveClients, type ServedClients } from "../harness/clients/serve.ts";
import { until } from "../harness/browser/index.ts";
import { describeBrowsers, describeRealHub } from "../harness/stage.ts";
import { readStore } from "../harness/stored.ts";

const statesOf = ({ states }: HubConnectionModel): string[] => states.map(({ state }) => state);

describeBrowsers("a page that calls lockdown() of SES", (stage) => {
  let clients: ServedClients;
  beforeAll(async () => {
    clients = await serveClients();
  });
  afterAll(() => clients.stop());

  describeRealHub((hub) => {
    it("shows each connection in its own lane, and a stopped one not as lost", async () => {
      const page = await stage.browser.newPage(clients.lockedDown);
      const ids = await page.evaluate(async (url) => {
        const connect = async (name: string): Promise<string> => {
          const said = await window.connect(name, { hub: url, retries: [0, 500] });
          if (said !== "connected") throw new Error(said);
          return window.clients[name]?.connectionId() ?? "";
        };
        const together = await Promise.all([connect("stopped"), connect("going on"), connect("lost")]);
        await window.clients["stopped"]?.stop();
        return { together, frozen: document.title };
      }, `${hub().url}/hubs/board`);
      expect(ids.frozen, "Object.prototype is frozen").toBe("true");
      const [stopped, goingOn, lost] = ids.together;
      await hub().control({ do: "dropSockets", connectionId: lost });
      await page.waitFor(
        "the lost one to be back",
        (old) =>
          window.clients["lost"]?.state() === "Connected" && window.clients["lost"].connectionId() !== old,
        lost,
      );
      const back = await page.evaluate(() => window.clients["lost"]?.connectionId() ?? "");

      const reader = await stage.browser.extensionPage("popup.html");
      const seen = await until("the new connection in the store", async () => {
        const stored = (await readStore(reader)).find(({ page: { url } }) => url.includes("lockdown"));
        const reducer = createReducer();
        if (stored) reducer.apply(stored.page.page, stored.events);
        const isBack = reducer.model.hubs.some(
          ({ transports, states }) =>
            transports.at(-1)?.connectionId === back && states.at(-1)?.state === "connected",
        );
        return isBack && { started: reducer.model.pages[0]?.started, hubs: reducer.model.hubs };
      });
      expect(seen.started?.probe, "the page says that the probe is gone").toBe(false);
      const byIds = Object.fromEntries(
        seen.hubs.map((lane) => [lane.transports.map(({ connectionId }) => connectionId).join(), lane]),
      );
      expect(Object.keys(byIds).sort()).toEqual([stopped, goingOn, `${lost},${back}`].sort());
      expect(statesOf(byIds[stopped]!)).toEqual(["connecting", "connected", "stopped"]);
      expect(statesOf(byIds[goingOn]!)).toEqual(["connecting", "connected"]);
      expect(statesOf(byIds[`${lost},${back}`]!)).toEqual([
        "connecting",
        "connected",
        "reconnecting",
        "connected",
      ]);
      expect(seen.hubs.map(({ interruptions }) => interruptions.length).sort()).toEqual([0, 0, 1]);
      await page.close();
    });
  });
});
