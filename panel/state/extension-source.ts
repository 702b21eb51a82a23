/** The source inside the extension: events from its store, commands through its background. */
import type { BackgroundAnswer, PanelToBackground } from "../../extension/messages/extension.ts";
import { isToPanel } from "../../extension/messages/addressed-to.ts";
import { openStore } from "../../extension/store/store.ts";
import { browser } from "./browser-api.ts";
import { exportInWorker, importInWorker } from "./file-orders.ts";
import { hold } from "./hold.ts";
import type { PanelSource, SourceChange } from "./source.ts";

/** The inspected tab; with `?tabId=` the panel also works as a separate page. */
export function inspectedTab(): number | null {
  const given = new URLSearchParams(location.search).get("tabId");
  if (given !== null && /^\d+$/.test(given)) return Number(given);
  // Outside of DevTools this API doesn't exist, though its type says so.
  const devtools = browser.devtools as typeof browser.devtools | undefined;
  return devtools?.inspectedWindow.tabId ?? null;
}

const send = <M extends PanelToBackground>(message: M): Promise<BackgroundAnswer<M>> =>
  browser.runtime.sendMessage<M, BackgroundAnswer<M>>(message);

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
  return {
    tabId,
    hubscope,
    pretends: null,
    now: Date.now,
    pages: () => store.pages(),
    async browserSession() {
      const session = await send({ to: "background", type: "session" });
      return session ?? store.browserSession();
    },
    readEvents: (page, afterSeq) => store.readEvents(page, afterSeq),
    subscribe(listener: (change: SourceChange) => void) {
      const hear = (message: unknown): undefined => {
        if (isToPanel(message)) listener(message);
      };
      browser.runtime.onMessage.addListener(hear);
      return () => {
        browser.runtime.onMessage.removeListener(hear);
      };
    },
    hold: () => (tabId === null ? () => undefined : hold(tabId, send)),
    inject: async (page, command) =>
      (await send({ to: "background", type: "inject", tabId: tab(), page, command })) ?? {
        ok: false,
        error: "the extension's background did not respond; try again",
      },
    async endFault(page, fault) {
      const answer = await send({ to: "background", type: "end-fault", tabId: tab(), page, fault });
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
    async importFile(file, onProgress) {
      const outcome = await importInWorker(file, onProgress);
      await changed();
      return outcome;
    },
    export: (recording, kind, options, onProgress) =>
      exportInWorker({ recording, kind, options, hubscope }, onProgress),
  };
}
