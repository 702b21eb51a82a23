/** Connections of dedicated workers, read from DevTools' network log in Chromium. */
import { afterAll, beforeAll, expect, it } from "vitest";
import { verdictOf } from "../../extension/core/diagnosis/diagnose.ts";
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import { createReducer } from "../../extension/core/model/reducer.ts";
import type { HubConnectionModel } from "../../extension/core/model/types.ts";
import { serveWorkers, type ServedWorkers, type ServedWorker } from "../harness/clients/workers.ts";
import { startNodeHub } from "../harness/hubs/node/node-hub.ts";
import type { RunningHub } from "../harness/hubs/running-hub.ts";
import { until, type Target, type TestPage } from "../harness/browser/index.ts";
import { describeBrowsers } from "../harness/stage.ts";
import { readStore, type StoredRecording } from "../harness/stored.ts";

const mark = (): string => `mark${Math.random().toString(36).slice(2)}`;

describeBrowsers("workers, with DevTools open", (stage) => {
  let workers: ServedWorkers | undefined;
  let hub: RunningHub | undefined;
  let reader: TestPage | undefined;
  beforeAll(async () => {
    workers = await serveWorkers();
    hub = await startNodeHub();
    reader = await stage.browser.extensionPage("popup.html");
  });
  afterAll(async () => {
    await workers?.stop();
    await hub?.stop();
  });

  /** A page whose worker connects while the panel is open. */
  const open = async (marker: string, kind: ServedWorker): Promise<{ page: TestPage; panel: Target }> => {
    const page = await stage.browser.newPage("about:blank");
    const panel = await page.openPanel();
    await page.goto(`${workers!.url(kind, `${hub!.url}/hubs/board?own=1`)}&${marker}=1`);
    await page.waitFor("the worker's answer", () => window.workerSaid);
    return { page, panel };
  };
  /** What is stored of the page with this marker in its address, and of its workers. */
  const storedOf = async (marker: string): Promise<readonly StoredRecording[]> => {
    const all = await readStore(reader!);
    const top = all.find(({ page: { url } }) => url.includes(marker));
    return all.filter(({ page: { recording } }) => recording === top?.page.page);
  };
  const isWorkers = ({ events }: StoredRecording): boolean =>
    events[0]?.kind === "page" && events[0].worker === "dedicated";
  const worker = (what: string, marker: string, is: (events: readonly RecordedEvent[]) => boolean) =>
    until(what, async () => {
      const own = (await storedOf(marker)).find(isWorkers);
      return own !== undefined && is(own.events) && own;
    });
  const hubIn = (events: readonly RecordedEvent[]): HubConnectionModel => {
    const reducer = createReducer();
    reducer.apply("worker", events);
    expect(reducer.model.hubs).toHaveLength(1);
    return reducer.model.hubs[0]!;
  };
  const completions = (events: readonly RecordedEvent[]): readonly RecordedEvent[] =>
    events.filter((event) => event.kind === "message" && event.type === 3);

  if (stage.name === "firefox") {
    it("nothing is read from the log of requests, which has none of a worker", async () => {
      const marker = mark();
      const { page } = await open(marker, "dedicated");
      await until("the worker's connection to be told", async () => (await storedOf(marker)).length > 0);
      const pages = (await storedOf(marker)).map(({ events }) => events[0]);
      expect(pages.filter((event) => event?.kind === "page" && event.fromDevtools)).toEqual([]);
      await page.closePanel();
      await page.close();
    });
    return;
  }

  it("the connection is recorded: messages, a loss, the reconnect, and the end of its page", async () => {
    const marker = mark();
    const { page, panel } = await open(marker, "dedicated");
    const begun = await worker("the worker's messages", marker, (events) => completions(events).length > 0);
    expect(begun.page).toMatchObject({ connections: 1, frameId: -1 });
    expect(begun.events[0]).toMatchObject({ kind: "page", fromDevtools: true, top: false, probe: false });
    expect(completions(begun.events)).toMatchObject([
      { payload: expect.stringContaining("received") as string },
    ]);
    expect(JSON.stringify(begun.events)).not.toMatch(/[?&]id=[^…]/);

    await hub!.control({ do: "dropSockets" });
    const again = await worker("the reconnect", marker, (events) => {
      const [lane] = hubsOf(events);
      return lane?.interruptions[0]?.outcome === "reconnected";
    });
    expect(again.events.filter(({ kind }) => kind === "socket")).toHaveLength(2);
    const [lost] = hubIn(again.events).interruptions;
    expect(verdictOf(lost!)).toMatchObject({ cause: "unknown", confidence: "low" });

    // The panel names the worker, says what it can't know, and offers no fault for it.
    await panel.waitFor("the worker's lane", () =>
      document.body.textContent.includes("worker /worker.js") ? true : undefined,
    );
    expect(await panel.evaluate(() => document.querySelector("[data-testid=not-recorded]"))).toBeNull();

    await page.goto("about:blank");
    const left = await worker("the end", marker, (events) => events.at(-1)?.kind === "lifecycle");
    expect(left.page.connections).toBe(0);
    expect(left.events.map(({ seq }) => seq)).toEqual(left.events.map((_, i) => i + 1));
    await page.closePanel();
    await page.close();
  });

  it("when DevTools is closed, what follows is unknown", async () => {
    const marker = mark();
    const { page } = await open(marker, "dedicated");
    await worker("the worker's messages", marker, (events) => completions(events).length > 0);
    await page.closePanel();
    const ended = await worker("the end", marker, (events) => events.at(-1)?.kind === "recording-ended");
    expect(ended.events.at(-1)).toMatchObject({ reason: "devtools-closed" });
    expect(ended.page.connections).toBe(0);
    await page.close();
  });

  it("the connection of a shared worker is only named", async () => {
    const marker = mark();
    const { page } = await open(marker, "shared");
    const stored = await until("the worker's connection to be told", async () => {
      const all = await storedOf(marker);
      return all.some(({ events }) => events.some(({ kind }) => kind === "worker-connection")) && all;
    });
    expect(stored.map(({ page: { recording, page: id } }) => recording === id)).toEqual([true]);
    await page.closePanel();
    await page.close();
  });
});

function hubsOf(events: readonly RecordedEvent[]): readonly HubConnectionModel[] {
  const reducer = createReducer();
  reducer.apply("worker", events);
  return reducer.model.hubs;
}
