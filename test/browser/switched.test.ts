/** Recording, or the client probe, switched off and on again while a page is open. */
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import { createReducer } from "../../extension/core/model/reducer.ts";
import type { RecordingModel } from "../../extension/core/model/types.ts";
import type { Settings } from "../../extension/core/settings.ts";
import { serveClients, type ServedClients } from "../harness/clients/serve.ts";
import { startNodeHub } from "../harness/hubs/node/node-hub.ts";
import type { RunningHub } from "../harness/hubs/running-hub.ts";
import { until, type TestPage } from "../harness/browser/index.ts";
import { changeSettings } from "../harness/settings.ts";
import { describeBrowsers } from "../harness/stage.ts";
import { readStore } from "../harness/stored.ts";

/** Lifecycle events may take 256 KB, a quarter of the limit, and each socket makes more than half a KB of them. */
const ENOUGH_SOCKETS = 600;

interface Recorded {
  readonly model: RecordingModel;
  readonly events: readonly RecordedEvent[];
}

describeBrowsers("a live page", (stage) => {
  let clients: ServedClients | undefined;
  let hub: RunningHub | undefined;
  let extension: TestPage | undefined;
  beforeAll(async () => {
    clients = await serveClients();
    hub = await startNodeHub();
    extension = await stage.browser.extensionPage("popup.html");
  });
  afterAll(async () => {
    await clients?.stop();
    await hub?.stop();
  });
  beforeEach(() => change({ recording: true, probe: true, maxTotalSize: 256 * 1024 * 1024 }));

  const change = (settings: Partial<Settings>): Promise<void> => changeSettings(extension!, settings);

  /** The recordings of the page with this marker in its URL, oldest first. */
  const recordings = async (mark: string): Promise<Recorded[]> =>
    (await readStore(extension!))
      .filter(({ page: { url } }) => url.includes(mark))
      .map(({ page, events }) => {
        const reducer = createReducer();
        reducer.apply(page.page, events);
        return { model: reducer.model, events };
      });
  const connected = ({ model }: Recorded): string[] =>
    model.hubs.flatMap(({ connectionId, states }) => {
      const last = states.at(-1);
      return last?.state === "connected" && last.until === null ? [connectionId ?? "no id"] : [];
    });

  const open = async (): Promise<{ page: TestPage; mark: string }> => {
    const mark = `mark${Math.random().toString(36).slice(2)}`;
    return { page: await stage.browser.newPage(`${clients!.url("10")}&${mark}=1`), mark };
  };
  const connect = async (page: TestPage, name: string, settings: object): Promise<string> => {
    const url = `${hub!.url}/hubs/board`;
    await page.evaluate(([as, given]) => window.connect(as, given), [
      name,
      { hub: url, ...settings },
    ] as const);
    return page.evaluate((as) => window.clients[as]!.invoke("WhoAmI") as Promise<string>, name);
  };

  it.each([true, false])(
    "switching recording off and on begins a new recording with the connections open by then (probe: %s)",
    async (probe) => {
      await change({ probe });
      const { page, mark } = await open();
      const socket = await connect(page, "socket", { transport: "WebSockets", protocol: "messagepack" });
      const polls = await connect(page, "polls", { transport: "LongPolling" });
      const ends = await connect(page, "ends", { transport: "ServerSentEvents" });
      const [before] = await until("all to be recorded", async () => {
        const all = await recordings(mark);
        return all[0] && connected(all[0]).length === 3 && all;
      });
      expect(connected(before!).sort()).toEqual([socket, polls, ends].sort());

      await change({ recording: false });
      const [ended] = await until("the recording to end", async () => {
        const all = await recordings(mark);
        return all[0]?.model.pages[0]?.unrecordedFrom != null && all;
      });
      // No connection was lost or stopped, and none is still shown as connected.
      expect(connected(ended!)).toEqual([]);
      for (const { states, interruptions } of ended!.model.hubs) {
        expect(states.at(-1)).toMatchObject({ state: "connected" });
        expect(interruptions).toEqual([]);
      }

      await page.evaluate(() => window.clients["ends"]!.stop());
      await page.evaluate(() => window.clients["socket"]!.invoke("Echo", "said while it was off"));
      const began = await connect(page, "began", { transport: "WebSockets" });
      const from = Date.now();
      await change({ recording: true });
      const [first, second] = await until("the other recording", async () => {
        const all = await recordings(mark);
        return all[1] && connected(all[1]).length >= 3 && all;
      });
      expect(first!.events).toEqual(ended!.events);
      expect(connected(second!).sort()).toEqual([socket, polls, began].sort());
      expect(second!.events[0]).toMatchObject({ kind: "page", midway: true, probe });
      expect(JSON.stringify(second!.events)).not.toContain("Echo");
      const lane = (id: string) => second!.model.hubs.find(({ connectionId }) => connectionId === id);
      expect(lane(socket)).toMatchObject({ transport: "WebSockets", protocol: "messagepack", attempts: [] });
      expect(lane(polls)).toMatchObject({ transport: "LongPolling", protocol: "json" });
      for (const id of [socket, polls, began]) {
        const own = lane(id)?.transports;
        expect(own).toMatchObject([{ connectionId: id, closed: null }]);
        expect(own?.[0]?.since).toBeLessThan(from);
      }
      // Of a client that was created while the probe was off, only the traffic is known.
      expect([lane(socket)?.hub !== null, lane(polls)?.hub !== null, lane(began)?.hub !== null]).toEqual([
        probe,
        probe,
        false,
      ]);

      // The new recording continues correctly: each stop() is recorded as a stop.
      for (const name of ["socket", "polls", "began"])
        await page.evaluate((as) => window.clients[as]!.stop(), name);
      await until("every stop", async () => {
        const [, last] = await recordings(mark);
        return (
          last?.model.hubs.length === 3 &&
          last.model.hubs.every(({ states }) => states.at(-1)?.state === "stopped")
        );
      });
      expect(await recordings(mark)).toHaveLength(2);
      await page.close();
    },
  );

  it("ends a recording that is too large and begins the next one, while a page keeps opening connections", async () => {
    await change({ probe: false, maxTotalSize: 1024 * 1024 });
    const { page, mark } = await open();
    const id = await connect(page, "stays", { transport: "WebSockets" });
    await page.evaluate(
      async (url, count) => {
        // Chromium delays new sockets for seconds if a page opens more than a few at once.
        for (let opened = 0; opened < count; opened += 8) {
          const sockets = Array.from({ length: 8 }, () => new WebSocket(url));
          await Promise.all(sockets.map((socket) => new Promise((open) => (socket.onopen = open))));
          for (const socket of sockets) {
            // A handshake makes the socket a SignalR connection.
            socket.send('{"protocol":"json","version":1}\u001e');
            socket.close(3_000, "x".repeat(120));
          }
        }
      },
      `${hub!.url.replace("http", "ws")}/hubs/board`,
      ENOUGH_SOCKETS,
    );
    const all = await until("another recording", async () => {
      const now = await recordings(mark);
      return now[1] && connected(now[1]).includes(id) && now;
    });
    expect(all[0]!.events.at(-1)).toMatchObject({ kind: "recording-ended", reason: "too-large" });
    const size = JSON.stringify(all[0]!.events).length;
    expect(size).toBeGreaterThan(256 * 1024);
    expect(size).toBeLessThan(512 * 1024);
    await page.close();
  });

  it("switching the client probe begins a new recording", async () => {
    const { page, mark } = await open();
    const id = await connect(page, "socket", { transport: "WebSockets", retries: [0, 500, 1_000] });
    await until("it to be recorded", async () => {
      const [one] = await recordings(mark);
      return one && connected(one)[0] === id;
    });
    await change({ probe: false });
    const [, second] = await until("what the wire tells", async () => {
      const all = await recordings(mark);
      return all[1] && connected(all[1]).length > 0 && all;
    });
    expect(second!.model.hubs).toMatchObject([{ hub: null, connectionId: id }]);
    // The connection is lost while the probe is off: it must not stay shown as connected.
    await hub!.control({ do: "dropSockets" });
    const next = await until("the next connection", async () => {
      const now = connected((await recordings(mark))[1]!);
      return now[0] !== id && now[0];
    });
    await change({ probe: true });
    const all = await until("the client's own word", async () => {
      const now = await recordings(mark);
      return now[2] && connected(now[2]).length > 0 && now;
    });
    expect(all.map(({ events }) => events.at(-1)?.kind).slice(0, 2)).toEqual([
      "recording-ended",
      "recording-ended",
    ]);
    expect(all[2]!.model.hubs).toMatchObject([{ connectionId: next, interruptions: [] }]);
    expect(all[2]!.model.hubs[0]?.hub).not.toBeNull();
    await page.close();
  });
});
