/** The source inside the extension: events from its store, commands through its background. */
import type { BackgroundAnswer, PanelToBackground } from "../../extension/messages/extension.ts";
import { isToPanel } from "../../extension/messages/addressed-to.ts";
import { openPanelStore } from "../../extension/store/panel-store.ts";
import { browser } from "./browser-api.ts";
import { hold } from "./hold.ts";
import { lazyImport } from "./lazy-import.ts";
import { findPlace } from "./place.ts";
import type { PanelSource, SourceChange } from "./source.ts";

const send = <M extends PanelToBackground>(message: M): Promise<BackgroundAnswer<M>> =>
  browser.runtime.sendMessage<M, BackgroundAnswer<M>>(message);

const NO_ANSWER = { ok: false, error: "the background did not respond; try again" } as const;

const deferred = lazyImport(() => import("../app/deferred-panes.ts"));

export async function createExtensionSource(): Promise<PanelSource> {
  const store = openPanelStore();
  const browserSession = async (): Promise<number> =>
    (await send({ to: "background", type: "session" })) ?? store.browserSession();
  const place = await findPlace(browserSession);
  const hubscope = browser.runtime.getManifest().version;
  const tab = (): number => {
    const tabId = place.tabId();
    if (tabId === null) throw new Error("no tab");
    return tabId;
  };
  const changed = async (): Promise<void> => {
    await send({ to: "background", type: "store-changed" });
  };
  /** For what happens in this panel: the background doesn't know of a file that is being read. */
  const listeners = new Set<(change: SourceChange) => void>();
  const tellAll = (change: SourceChange): void => {
    for (const listener of listeners) listener(change);
  };
  return {
    place: place.kind,
    isTab: (id) => place.isTab(id),
    hubscope,
    pretends: null,
    now: Date.now,
    pages: () => store.pages(),
    browserSession,
    readBlocks: (page, afterSeq) => store.readBlocks(page, afterSeq),
    payloadsOf: (page, seqs) => store.payloadsOf(page, seqs),
    async *searchPayloads(...order) {
      const { searchInWorker } = await deferred();
      yield* searchInWorker(...order);
    },
    subscribe(listener: (change: SourceChange) => void) {
      const hear = (message: unknown): undefined => {
        if (isToPanel(message)) listener(message);
      };
      browser.runtime.onMessage.addListener(hear);
      listeners.add(listener);
      const leave = place.follow(listener);
      return () => {
        leave();
        listeners.delete(listener);
        browser.runtime.onMessage.removeListener(hear);
      };
    },
    hold: () =>
      place.tabId() === null
        ? () => undefined
        : hold({
            tabId: tab,
            send,
            connect: (name) => browser.runtime.connect({ name }),
            tell: tellAll,
          }),
    inject: async (page, command) =>
      (await send({ to: "background", type: "inject", tabId: tab(), page, command })) ?? NO_ANSWER,
    async endFault(page, fault) {
      const answer = await send({ to: "background", type: "end-fault", tabId: tab(), page, fault });
      if (answer?.ok === false) throw new Error(answer.error);
    },
    doctor: async (page, order) =>
      (await send({ to: "background", type: "doctor", tabId: tab(), page, order })) ?? NO_ANSWER,
    async endDoctor(page) {
      const answer = await send({ to: "background", type: "end-doctor", tabId: tab(), page });
      if (answer?.ok === false) throw new Error(answer.error);
    },
    async reload() {
      await send({ to: "background", type: "reload", tabId: tab() });
    },
    async openWindow() {
      await send({ to: "background", type: "open-window", tabId: tab() });
    },
    async tabSite() {
      const tabId = place.tabId();
      return tabId === null ? null : ((await send({ to: "background", type: "tab-site", tabId })) ?? null);
    },
    settings: () => store.settings(),
    async changeSettings(change) {
      const settings = await store.changeSettings(change);
      await send({ to: "background", type: "settings-changed" });
      return settings;
    },
    userData: (what) => store.userData(what),
    changeUserData: (what, change) => store.changeUserData(what, change),
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
    async importFile(file, options) {
      const { importShown } = await deferred();
      try {
        return await importShown(file, options, tellAll);
      } finally {
        await changed();
      }
    },
    async inspect(recording, contents, options) {
      const { inspectInWorker } = await deferred();
      return inspectInWorker(recording, contents, options);
    },
    async export(recording, kind, contents, options) {
      const { exportInWorker } = await deferred();
      return exportInWorker({ recording, kind, options: contents, hubscope }, options);
    },
  };
}
