/** Firefox: connections in workers, recorded by a hook in front of their scripts. */
import { afterAll, beforeAll, expect, it } from "vitest";
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import { createReducer } from "../../extension/core/model/reducer.ts";
import type { PageModel } from "../../extension/core/model/types.ts";
import { serveWorkers, type ServedWorker, type ServedWorkers } from "../harness/clients/workers.ts";
import { startNodeHub } from "../harness/hubs/node/node-hub.ts";
import type { RunningHub } from "../harness/hubs/running-hub.ts";
import { until, type TestPage } from "../harness/browser/index.ts";
import { changeSettings, switchWorkersOn } from "../harness/settings.ts";
import { describeBrowsers } from "../harness/stage.ts";
import { readStore, type StoredRecording } from "../harness/stored.ts";

const mark = (): string => `mark${Math.random().toString(36).slice(2)}`;

describeBrowsers(
  "the hook in a worker",
  (stage) => {
    let workers: ServedWorkers | undefined;
    let hub: RunningHub | undefined;
    let extension: TestPage | undefined;
    beforeAll(async () => {
      workers = await serveWorkers();
      hub = await startNodeHub();
      extension = await stage.browser.extensionPage("popup.html");
      await switchWorkersOn(stage.browser, extension, workers.plainPage);
    });
    afterAll(async () => {
      await workers?.stop();
      await hub?.stop();
    });

    const stored = (marker: string): Promise<StoredRecording[]> =>
      readStore(extension!).then((all) => all.filter(({ page: { url } }) => url.includes(marker)));

    const isWorkers = ({ events: [first] }: StoredRecording): boolean =>
      first?.kind === "page" && first.worker !== undefined;

    /** Waits until the events of the page's worker satisfy `is`. */
    const workerOf = (what: string, marker: string, is: (events: readonly RecordedEvent[]) => boolean) =>
      until(what, async () => {
        const own = (await stored(marker)).find(isWorkers);
        return own !== undefined && is(own.events) && own;
      });
    const modelOf = ({ page: { page }, events }: StoredRecording): PageModel => {
      const reducer = createReducer();
      reducer.apply(page, events);
      return reducer.model.pages[0]!;
    };
    const count = (kind: RecordedEvent["kind"], events: readonly RecordedEvent[]): number =>
      events.filter((event) => event.kind === kind).length;

    /** Opens a page whose worker connects while the panel is open. */
    const connected = async (kind: ServedWorker, marker: string): Promise<TestPage> => {
      const page = await stage.browser.newPage("about:blank");
      await page.openPanel();
      await page.goto(workers!.url(kind, `${hub!.url}/hubs/board?${marker}=1`));
      await page.waitFor("the worker's answer", () => window.workerSaid);
      expect(await page.evaluate(() => window.workerSaid)).toBe("connected, received");
      return page;
    };

    it.each(["dedicated", "module", "imports", "shared"] as const)(
      "records a %s worker as it records a page",
      async (kind) => {
        const marker = mark();
        const page = await connected(kind, marker);
        const first = await workerOf("the call to be recorded", marker, (events) =>
          events.some((event) => event.kind === "message" && event.type === 3),
        );
        expect(first.events[0]).toMatchObject({
          kind: "page",
          worker: kind === "shared" ? "shared" : "dedicated",
          top: false,
          probe: true,
        });
        expect(modelOf(first).hubs).toMatchObject([
          { hub: 1, path: "/hubs/board", calls: [{ target: "Echo", fate: "completed" }] },
        ]);

        await hub!.control({ do: "dropSockets" });
        const again = await workerOf(
          "the reconnect to be recorded",
          marker,
          (events) => count("hub-state", events) >= 4,
        );
        expect(modelOf(again).hubs[0]?.interruptions).toMatchObject([{ outcome: "reconnected" }]);

        // It is part of the page's recording, and isn't named there as a connection that can't be recorded.
        const all = await stored(marker);
        expect(all.filter(isWorkers)).toHaveLength(1);
        expect(
          all.flatMap(({ events }) => events).filter((event) => event.kind === "worker-connection"),
        ).toEqual([]);
        await page.goto(stage.demo.url);
        const ended = await workerOf(
          "the end of the page",
          marker,
          (events) => count("lifecycle", events) + count("recording-ended", events) > 0,
        );
        const { endedAt, unrecordedBecause } = modelOf(ended);
        if (kind === "shared") expect(unrecordedBecause).toBe("page-left");
        else expect(endedAt).not.toBeNull();
        await page.close();
      },
    );

    it("ends the recording of a worker that was terminated", async () => {
      const marker = mark();
      const page = await connected("dedicated", marker);
      await workerOf("the connection", marker, (events) => count("socket-opened", events) > 0);
      await page.evaluate(() => {
        window.worker?.terminate();
      });
      const ended = await workerOf("its end", marker, (events) => count("recording-ended", events) > 0);
      expect(modelOf(ended).unrecordedBecause).toBe("worker-silent");
      await page.close();
    });

    it("leaves an answer that is no script as it is: the worker fails as without us", async () => {
      const page = await stage.browser.newPage("about:blank");
      await page.openPanel();
      await page.goto(workers!.plainPage);
      const failed = await page.evaluate(
        () =>
          new Promise((resolve) => {
            new Worker("/page.html").onerror = () => {
              resolve("failed");
            };
          }),
      );
      expect(failed).toBe("failed");
      await page.close();
    });

    it("says that faults can't be injected into a worker", async () => {
      const marker = mark();
      const page = await connected("dedicated", marker);
      const { page: recording } = await workerOf("the connection", marker, () => true);
      const answer = await extension!.evaluate(
        (message) =>
          (
            globalThis as unknown as {
              browser: { runtime: { sendMessage: (message: object) => Promise<unknown> } };
            }
          ).browser.runtime.sendMessage(message),
        {
          to: "background",
          type: "inject",
          tabId: recording.tabId,
          page: recording.page,
          command: { name: "abrupt-loss", target: { scope: "page" } },
        },
      );
      expect(answer).toEqual({ ok: false, error: "Faults can't be injected into a worker." });
      await page.close();
    });

    it.each(["closed panel", "switched off"] as const)("changes no script: %s", async (why) => {
      if (why === "switched off") await changeSettings(extension!, { workers: false });
      const marker = mark();
      const page = await stage.browser.newPage("about:blank");
      if (why === "switched off") await page.openPanel();
      await page.goto(workers!.url("dedicated", `${hub!.url}/hubs/board?${marker}=1`));
      await page.waitFor("the worker's answer", () => window.workerSaid);
      await until("the connection to be named", async () =>
        (await stored(marker)).some(({ events }) => count("worker-connection", events) > 0),
      );
      expect((await stored(marker)).filter(isWorkers)).toEqual([]);
      await page.close();
    });
  },
  ["firefox"],
);
