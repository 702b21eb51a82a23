/** Every fault on connections without WebSocket: which callbacks the app gets, and that it can continue. */
import { describe, expect, it } from "vitest";
import type { FaultCommand } from "../../extension/core/faults/vocabulary.ts";
import type { TestPage } from "../harness/browser/index.ts";
import { command, readStore, type RecordedPage } from "./harness/store.ts";
import type { Hooked } from "./hostile.ts";

const PATIENT = { timeout: 10_000 };
const page = { scope: "page" } as const;

/** The error messages of Chromium and of Firefox. */
const NO_NETWORK = /^reconnecting (Failed to fetch|NetworkError when attempting to fetch resource\.)$/;

interface FaultRun {
  readonly fault: FaultCommand;
  /** The expected callbacks of the app, separate for each transport where they differ. */
  readonly polling: readonly (string | RegExp)[];
  readonly stream: readonly (string | RegExp)[];
}

const runs: Readonly<Record<string, FaultRun>> = {
  "abrupt loss": {
    fault: { name: "abrupt-loss", target: page },
    polling: [NO_NETWORK, "reconnected"],
    stream: ["reconnecting ", "reconnected"],
  },
  "graceful loss": {
    fault: { name: "graceful-loss", target: page },
    polling: [NO_NETWORK, "reconnected"],
    stream: ["reconnecting ", "reconnected"],
  },
  "a Close that allows to reconnect": {
    fault: { name: "server-close", target: page, allowReconnect: true, error: "run" },
    polling: ["reconnecting Server returned an error on close: run", "reconnected"],
    stream: ["reconnecting Server returned an error on close: run", "reconnected"],
  },
  offline: {
    fault: { name: "offline", target: page, duration: 500 },
    polling: [NO_NETWORK, "reconnected"],
    stream: ["reconnecting ", "reconnected"],
  },
  // Polls and event streams survive a freeze.
  suspended: {
    fault: { name: "suspend", target: page, duration: 300 },
    polling: [],
    stream: [],
  },
  "a Close for good": {
    fault: { name: "server-close", target: page, allowReconnect: false },
    polling: ["closed "],
    stream: ["closed "],
  },
};

export function describeTransportFaults(hooked: () => Hooked): void {
  describe.each([
    ["LongPolling", "polling"],
    ["ServerSentEvents", "stream"],
  ] as const)("faults on %s", (transport, kind) => {
    let tab: TestPage;
    const look = async (): Promise<RecordedPage | undefined> =>
      (await readStore(hooked().extension)).find(({ url }) => url.endsWith(`/?${transport}=…`));
    const told = async (): Promise<string[]> =>
      JSON.parse(await tab.evaluate(() => window.compliance.told())) as string[];

    it("connects", async () => {
      const { browser, extension, place } = hooked();
      tab = await browser.newPage(`${place.origin}/?${transport}=1`);
      await tab.evaluate((hub, name) => window.compliance.follow(hub, name), place.hub, transport);
      await expect.poll(async () => (await look())?.tabId, PATIENT).toBeDefined();
      const { tabId } = (await look())!;
      await command(extension, { type: "panel-open", panel: "test", tabId, origin: place.origin });
    });

    it.each(Object.keys(runs))("%s", async (name) => {
      const { fault, [kind]: expected } = runs[name]!;
      const { tabId, page } = (await look())!;
      const { length } = await told();
      const answer = await command(hooked().extension, { type: "inject", tabId, page, command: fault });
      expect(answer).toMatchObject({ ok: true });
      await expect.poll(async () => (await told()).length, PATIENT).toBe(length + expected.length);
      const news = (await told()).slice(length);
      for (const [i, what] of expected.entries()) expect(news[i]).toMatch(what);
      // The fault has ended and left nothing behind.
      const { fault: id } = answer as { fault: number };
      const reasons = async (): Promise<unknown[]> =>
        (await look())!.recorded.flatMap((event) =>
          event.kind === "fault-ended" && event.fault === id ? [event.reason] : [],
        );
      await expect.poll(reasons, PATIENT).toEqual(["completed"]);
      if (!news.includes("closed "))
        expect(await tab.evaluate(() => window.compliance.call())).toBe("still there");
      else await tab.close();
    });
  });
}
