/**
 * The hook comes late: the background is stopped again and again while a page begins to use SignalR. Everything that happened
 * until then must be recorded, in order, and with the times at which it happened.
 */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import { createReducer } from "../../extension/core/model/reducer.ts";
import type { HubConnectionModel } from "../../extension/core/model/types.ts";
import type { ClientSettings, Told } from "../harness/clients/page.ts";
import { serveClients, type ClientVersion, type ServedClients } from "../harness/clients/serve.ts";
import { until } from "../harness/browser/index.ts";
import { describeBrowsers, describeRealHub } from "../harness/stage.ts";
import { readStore } from "../harness/stored.ts";

/** How long the background is kept down, and so the least delay of the hook. */
const DOWN = 2_000;
/** The page's own callbacks come a little after what the hook sees; far less than the hook is late. */
const TOLERANCE = DOWN / 4;

/** All at once, on one page. */
const WAYS: readonly Omit<ClientSettings, "hub">[] = [
  { transport: "WebSockets", protocol: "json" },
  { transport: "WebSockets", protocol: "messagepack" },
  { transport: "ServerSentEvents" },
  { transport: "LongPolling", protocol: "json" },
  { transport: "LongPolling", protocol: "messagepack" },
];
/** On a page of its own: several connections to one address can't be told apart without a negotiate. */
const WITHOUT_NEGOTIATE: typeof WAYS = [{ transport: "WebSockets", skipNegotiation: true }];

const lanesOf = (events: readonly RecordedEvent[]): readonly HubConnectionModel[] => {
  const reducer = createReducer();
  reducer.apply("p", events);
  return reducer.model.hubs;
};

describeBrowsers("a hook that comes late", (stage) => {
  let clients: ServedClients | undefined;
  beforeAll(async () => {
    clients = await serveClients();
  });
  afterAll(() => clients?.stop());

  describeRealHub((hub) => {
    // One that uses fetch, and one that uses XMLHttpRequest.
    it.each<[ClientVersion, string, typeof WAYS]>([
      ["10", "on any transport", WAYS],
      ["3.1", "on any transport", WAYS],
      ["10", "without a negotiate", WITHOUT_NEGOTIATE],
    ])("misses nothing of client %s %s", async (version, _title, ways) => {
      const marker = `late${Math.random().toString(36).slice(2)}`;
      const page = await stage.browser.newPage(`${clients!.url(version)}&${marker}=1`);
      const used = page.evaluate(
        (url, all) =>
          Promise.all(
            all.map(async (way, i) => {
              const name = String(i);
              const connected = await window.connect(name, { ...way, hub: url });
              if (connected !== "connected") throw new Error(`${name}: ${connected}`);
              const client = window.clients[name]!;
              await client.invoke("Echo", name);
              await client.stream("Counter", 3, 1);
              return { id: client.connectionId(), told: client.told };
            }),
          ),
        `${hub().url}/hubs/board`,
        ways,
      );
      const end = Date.now() + DOWN;
      while (Date.now() < end) await stage.browser.stopBackground();
      const clientsThen = await used;
      const reader = await stage.browser.extensionPage("popup.html");
      const events = await until("every stream to be recorded", async () => {
        const stored = (await readStore(reader)).find((one) => one.page.url.includes(marker));
        const calls = stored && lanesOf(stored.events).flatMap((lane) => lane.calls);
        return calls?.filter(({ fate }) => fate === "completed").length === 2 * ways.length && stored!.events;
      });

      expect(events.map(({ seq }) => seq)).toEqual(events.map((_, i) => i + 1));
      expect(events.filter(({ kind }) => kind === "dropped")).toEqual([]);
      const lanes = lanesOf(events);
      expect(lanes.map(({ transport, protocol }) => `${transport} ${protocol}`).sort()).toEqual(
        ways.map(({ transport, protocol = "json" }) => `${transport} ${protocol}`).sort(),
      );
      for (const lane of lanes) {
        expect(lane).toMatchObject({ interruptions: [], failedStarts: [] });
        expect(lane.calls.map(({ target }) => target)).toEqual(["Echo", "Counter"]);
      }
      // The times are those at which it happened, as the page saw it.
      const recorded = events.flatMap((event) =>
        event.kind === "hub-state" && event.to === "Connected" ? [event.t] : [],
      );
      const seen = clientsThen.map(({ told }) => connectedAt(told)).sort((a, b) => a - b);
      expect(recorded).toHaveLength(seen.length);
      for (const [i, t] of recorded.entries()) expect(Math.abs(t - (seen[i] ?? 0))).toBeLessThan(TOLERANCE);
      await reader.close();
      await page.close();
    });
  });
});

function connectedAt(told: readonly Told[]): number {
  const connected = told.find(({ what }) => what === "connected");
  if (!connected) throw new Error("It never connected.");
  return connected.t;
}
