/** The source inside the extension: events from its store, commands through its background. */
import type { RecordedEvent } from "../../extension/core/events.ts";
import type { PageId } from "../../extension/core/model/types.ts";
import type {
  BackgroundToPanel,
  FaultAnswer,
  PanelToBackground,
} from "../../extension/messaging/protocol.ts";
import { openStore } from "../../extension/store/store.ts";
import { browser } from "./browser-api.ts";
import { importInWorker } from "./file-orders.ts";
import type { PageWithEvents } from "./files.ts";
import { hold } from "./hold.ts";
import { later } from "./later.ts";
import type { PanelSource, SourceChange } from "./source.ts";

const files = later(() => import("../later-parts.ts"));

/** The inspected tab; with `?tabId=` the panel also works as a page of its own. */
export function inspectedTab(): number | null {
  const given = new URLSearchParams(location.search).get("tabId");
  if (given !== null && /^\d+$/.test(given)) return Number(given);
  // Outside of DevTools there is no such API, whatever its types say.
  const devtools = browser.devtools as typeof browser.devtools | undefined;
  return devtools?.inspectedWindow.tabId ?? null;
}

const send = (message: PanelToBackground): Promise<unknown> => browser.runtime.sendMessage(message);

const isForPanel = (message: unknown): message is BackgroundToPanel =>
  typeof message === "object" && message !== null && (message as { to?: unknown }).to === "panel";

export function createExtensionSource(tabId: number | null): PanelSource {
  const store = openStore();
  const hubscope = browser.runtime.getManifest().version;
  const tab = (): number => {
    if (tabId === null) throw new Error("this panel belongs to no tab");
    return tabId;
  };
  const changed = async (): Promise<void> => {
    await send({ to: "background", type: "store-changed" });
  };
  const readAll = async (page: PageId): Promise<RecordedEvent[]> => {
    const all: RecordedEvent[] = [];
    for await (const events of store.readEvents(page, 0)) for (const event of events) all.push(event);
    return all;
  };
  return {
    tabId,
    hubscope,
    pretends: null,
    now: Date.now,
    pages: () => store.pages(),
    async browserSession() {
      const session = await send({ to: "background", type: "session" });
      return typeof session === "number" ? session : store.browserSession();
    },
    readEvents: (page, afterSeq) => store.readEvents(page, afterSeq),
    subscribe(listener: (change: SourceChange) => void) {
      const hear = (message: unknown): undefined => {
        if (isForPanel(message)) listener(message);
      };
      browser.runtime.onMessage.addListener(hear);
      return () => {
        browser.runtime.onMessage.removeListener(hear);
      };
    },
    hold: () => (tabId === null ? () => undefined : hold(tabId, send)),
    inject: async (page, command) =>
      ((await send({ to: "background", type: "inject", tabId: tab(), page, command })) as
        FaultAnswer | undefined) ?? {
        ok: false,
        error: "the extension's background did not answer; try again",
      },
    async endFault(page, fault) {
      const answer = (await send({ to: "background", type: "end-fault", tabId: tab(), page, fault })) as
        FaultAnswer | undefined;
      if (answer?.ok === false) throw new Error(answer.error);
    },
    async reload() {
      await send({ to: "background", type: "reload", tabId: tab() });
    },
    settings: () => store.settings(),
    async changeSettings(change) {
      const settings = await store.changeSettings(change);
      await send({ to: "background", type: "settings-changed" });
      return settings;
    },
    kept: (what) => store.kept(what),
    changeKept: (what, change) => store.changeKept(what, change),
    async setPinned(recording, pinned) {
      await store.setPinned(recording, pinned);
      await changed();
    },
    async removeRecording(recording) {
      await store.removeRecording(recording);
      await changed();
    },
    async clear() {
      await store.clear({ keepPinned: true });
      await changed();
    },
    async importFile(file, onProgress) {
      const outcome = await importInWorker(file, onProgress);
      await changed();
      return outcome;
    },
    async export(recording, kind, options, onProgress) {
      const { exportEvents } = await files();
      const wanted = (await store.pages()).filter((page) => page.recording === recording);
      wanted.sort(
        (a, b) => Number(b.page === recording) - Number(a.page === recording) || a.startedAt - b.startedAt,
      );
      const pages: PageWithEvents[] = [];
      for (const [i, page] of wanted.entries()) {
        pages.push({ page, events: await readAll(page.page) });
        onProgress(((i + 1) / wanted.length) * 0.4);
      }
      const scorecards = await store.kept("scorecards");
      return exportEvents(pages, kind, options, { hubscope, now: Date.now(), scorecards }, onProgress);
    },
  };
}
