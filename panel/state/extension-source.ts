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
import type { PageWithEvents } from "./files.ts";
import { later } from "./later.ts";
import type { PanelSource, SourceChange } from "./source.ts";

/** A third of the lease that the background gives: two words may get lost. */
const HOLD_EVERY = 5_000;

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

export async function createExtensionSource(tabId: number | null): Promise<PanelSource> {
  const store = await openStore();
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
    hold: () => (tabId === null ? () => undefined : hold(tabId)),
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
    async saveSettings(settings) {
      await store.saveSettings(settings);
      await send({ to: "background", type: "settings-changed" });
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
      const { importEvents } = await files();
      const { pages, warnings } = await importEvents(file, Date.now(), onProgress);
      await store.importPages(pages);
      await changed();
      return { recording: pages[0]?.page.recording ?? "", warnings };
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

/** Says again and again that the panel is open, and once that it is not. A panel that dies is missed by its silence. */
function hold(tabId: number): () => void {
  const tell = (): void => {
    send({ to: "background", type: "panel-open", tabId }).catch(() => {
      // The background is being updated or the extension was disabled; the next word will tell.
    });
  };
  const close = (): void => {
    clearInterval(timer);
    send({ to: "background", type: "panel-closed", tabId }).catch(() => {
      // Faults end with their lease all the same.
    });
  };
  const timer = setInterval(tell, HOLD_EVERY);
  tell();
  addEventListener("pagehide", close);
  return () => {
    removeEventListener("pagehide", close);
    close();
  };
}
