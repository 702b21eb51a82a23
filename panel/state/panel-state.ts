/** The shared state of the panel: signals to read, actions to call. One per open panel. */
import { batch, computed, effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { createContext } from "preact";
import { useContext } from "preact/hooks";
import type { Watched } from "../../extension/core/diagnosis/hang.ts";
import type { PageId } from "../../extension/core/ids.ts";
import { DEFAULT_SETTINGS, type Settings } from "../../extension/core/settings.ts";
import { NO_MASKS, type Masks } from "../../extension/export/masks/masks.ts";
import type { StoredPage } from "../../extension/store/stored-page.ts";
import { createFaultControl, whyNoTarget, type FaultControl } from "./fault-control.ts";
import { createMessageList, type MessageList } from "./messages/message-list.ts";
import { createCleared, type Cleared } from "./cleared.ts";
import { bringSelected } from "./bring-selected.ts";
import { createEnding } from "./ending.ts";
import { NOT_LOOKED, type Flagged } from "./flagged.ts";
import { CANT_BREAK, type Ending } from "./is-over.ts";
import { runLiveClock } from "./live-clock.ts";
import { loadRecording, type LoadedRecording } from "./loaded-recording.ts";
import { createNotices, type Notices } from "./notices.ts";
import { gather, hostOf, isOfTab, liveOf, type Recording } from "./recordings.ts";
import { createSelection, type Selection } from "./selection.ts";
import type { PanelSource } from "./source.ts";
import { createSettings, type SettingsChange } from "./settings-state.ts";
import { lazyTransfer } from "./lazy-transfer.ts";
import type { Transfer } from "./transfer.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import type { TabName } from "./tabs.ts";
import { watchLater } from "./watch-later.ts";
import { createView, type View } from "./view.ts";

export interface PanelState {
  readonly source: PanelSource;
  readonly notices: Notices;
  readonly recordings: ReadonlySignal<readonly Recording[]>;
  /** The recording of the tab's current page; null: nothing recorded yet. */
  readonly live: ReadonlySignal<Recording | null>;
  /** Whether it was recorded in this tab in this browser session. */
  isOfThisTab(recording: Recording): boolean;
  /** The recording that is shown; null: none yet. */
  readonly shown: ReadonlySignal<Recording | null>;
  readonly loaded: ReadonlySignal<LoadedRecording | null>;
  /**
   * Share of the shown recording that has been read, 1 while that isn't known as its file is still being read; null: all of it. Only
   * then missing data can be reported.
   */
  readonly reading: ReadonlySignal<number | null>;
  /** Whether the shown recording is that of the tab's current page, which is still open. */
  readonly isLive: ReadonlySignal<boolean>;
  /** How the tab's newest recording ended, if there is no newer one; whether or not it is shown. */
  readonly ending: ReadonlySignal<Ending | null>;
  /** The panel shows what was recorded in it. */
  readonly tabClosed: ReadonlySignal<boolean>;
  /** Why no fault can be injected into the shown recording's page; null: it can. */
  readonly readOnly: ReadonlySignal<string | null>;
  /** Why no fault can be injected now, for any reason; null: it can. */
  readonly cantBreak: ReadonlySignal<string | null>;
  /** False until the list of recordings was first read. */
  readonly ready: ReadonlySignal<boolean>;
  readonly settings: ReadonlySignal<Settings>;
  readonly tab: Signal<TabName>;
  /** null: if there is room for it. */
  readonly timelineOpen: Signal<Readonly<Record<TabName, boolean | null>>>;
  readonly view: View;
  readonly cleared: Cleared;
  readonly selection: Selection;
  /** What takes long or hangs. */
  readonly watched: ReadonlySignal<Watched>;
  /** What is shown of the findings outside of their tab. */
  readonly flagged: Signal<Flagged>;
  readonly messages: MessageList;
  readonly faults: FaultControl;
  readonly transfer: Transfer;
  /** Whether exported recordings contain the payloads of messages. */
  readonly withPayloads: Signal<boolean>;
  /** Exports have only what the timeline shows. */
  readonly exportShown: Signal<boolean>;
  /** What exports replace. */
  readonly masks: Signal<Masks>;
  /** The text in which its fields are named, with mistakes and all. */
  readonly maskFields: Signal<string>;
  /** Shows a recording; null: the tab's current one. */
  show(recording: PageId | null): void;
  /** Changes the settings as they are stored now: another panel or the toolbar button may have changed them. */
  changeSettings(change: SettingsChange): Promise<void>;
  refreshSettings(): void;
  reload(): void;
  /** Shows this tab in a window of its own, too. */
  openWindow(): void;
  /** Deletes all recordings except pinned ones. */
  deleteAll(): void;
  remove(recording: PageId): void;
  pin(recording: PageId, pinned: boolean): void;
  /** Aborts when the panel or its tab closes. */
  readonly closing: AbortSignal;
  dispose(): void;
}

const NO_ROOM = "Storage is full: nothing new is stored. Remove recordings, or free disk space.";

export function createPanelState(source: PanelSource): PanelState {
  const notices = createNotices();
  const closed = new AbortController();
  const pages = signal<readonly StoredPage[]>([]);
  const session = signal(0);
  const ready = signal(false);
  const chosen = signal<PageId | null>(null);
  const loaded = signal<LoadedRecording | null>(null);
  const settings = signal<Settings>(DEFAULT_SETTINGS);
  const tab = signal<TabName>("interruptions");
  const timelineOpen = signal<Record<TabName, boolean | null>>({
    interruptions: null,
    findings: null,
    connections: null,
    messages: false,
    calls: false,
    faults: false,
    scenarios: false,
    simulator: false,
    doctor: false,
    report: false,
  });
  const recordings = computed(() => gather(pages.value));
  const isOfThisTab = (recording: Recording): boolean => isOfTab(recording, source.isTab, session.value);
  const live = computed(() => liveOf(recordings.value, source.isTab, session.value));
  const shown = computed(
    () =>
      recordings.value.find((recording) => recording.id === chosen.value) ??
      (chosen.value === null ? live.value : null),
  );
  const { ending, tabClosed, tabGone, stop: stopEnding } = createEnding(loaded, live);
  const isNewest = computed(() => shown.value !== null && shown.value.id === live.value?.id);
  const isLive = computed(() => isNewest.value && ending.value?.recording !== shown.value?.id);
  const readOnly = computed(() => {
    if (shown.value?.imported != null)
      return "This is a recording from a file: there is no page to be broken.";
    if (shown.value === null || isLive.value) return null;
    return isNewest.value && ending.value
      ? CANT_BREAK[ending.value.why]
      : "This is an earlier recording: only the live page can be broken.";
  });
  const incoming = signal<PageId | null>(null);
  const reading = computed(() => {
    if (shown.value && shown.value.id === incoming.value) return 1;
    const share = loaded.value?.progress.value ?? 1;
    return share < 1 ? share : null;
  });
  const view = createView();
  const cleared = createCleared(loaded);
  const watched = signal<Watched>({ waiting: [], hangs: [] });
  const selection = createSelection(loaded, cleared.at, watched);
  const faults = createFaultControl(loaded);
  const cantBreak = computed(
    () => readOnly.value ?? (faults.target.value ? null : whyNoTarget(loaded.value)),
  );
  const messages = createMessageList(source, loaded, cleared.at, (error) => {
    notices.failed("Messages can't be filtered; reopen Hubscope", error);
  });

  const readPages = oneAtATime(async () => {
    try {
      const [list, now] = await Promise.all([source.pages(), source.browserSession()]);
      batch(() => {
        pages.value = list;
        session.value = now;
        ready.value = true;
      });
    } catch (error) {
      notices.failed("The recordings can't be loaded", error);
      ready.value = true;
    }
  });

  const attempt = (what: string, action: () => Promise<unknown>): void => {
    action().then(readPages, (error: unknown) => {
      notices.failed(what, error);
    });
  };

  const stopBringing = bringSelected(selection, messages);

  const stopWatching = watchLater(
    { shown, loaded, running: faults.running, isNewest, isLive, now: source.now, watched },
    notices,
    () => state,
  );

  const show = (id: PageId | null): void => {
    chosen.value = id;
  };

  const stopLoading = effect(() => {
    const id = shown.value?.id ?? null;
    const current = loaded.peek();
    if (current?.id === id) return;
    notices.leave(id);
    current?.dispose();
    if (id === null) {
      loaded.value = null;
      return;
    }
    const recording = loadRecording(source, id, (error) => {
      notices.failed("The recording can't be loaded", error);
    });
    batch(() => {
      loaded.value = recording;
      selection.clear();
    });
    const own = shown.peek()?.pages ?? [];
    recording
      .load(own)
      .then(() => {
        if (loaded.peek() !== recording || recording.model.to === 0) return;
        view.reset({
          from: recording.model.from,
          to: Math.max(recording.model.to, recording.model.from + 1000),
        });
      })
      .catch((error: unknown) => {
        notices.failed("The recording can't be loaded", error);
      });
  });

  const unsubscribe = source.subscribe((change) => {
    if (change.type === "full") {
      notices.show({ tone: "bad", text: NO_ROOM });
      return;
    }
    if (change.type === "recordings-changed") {
      void readPages();
      return;
    }
    if (change.type === "tab-loaded") return;
    if (change.type === "tab-gone") {
      tabGone(change.why);
      if (change.why === "tab-closed") leave();
      return;
    }
    const current = loaded.peek();
    if (current && change.recording === current.id) current.refresh(change.page);
    if (!pages.peek().some((page) => page.page === change.page)) void readPages();
    else scheduleListing();
  });

  /** The list's sizes and counts may be updated later than the events. */
  let listTimer: ReturnType<typeof setTimeout> | null = null;
  const scheduleListing = (): void => {
    listTimer ??= setTimeout(() => {
      listTimer = null;
      void readPages();
    }, 2000);
  };

  const stopClock = runLiveClock(loaded, isLive, view, cleared.at, () => source.now());
  const release = source.hold();
  /** Nothing can be done to the tab any more. */
  const leave = (): void => {
    closed.abort();
    release();
  };
  void readPages();
  const settingsOf = createSettings(source, settings, notices);
  settingsOf.refresh();

  const state: PanelState = {
    source,
    notices,
    recordings,
    live,
    isOfThisTab,
    shown,
    loaded,
    reading,
    isLive,
    ending,
    tabClosed,
    readOnly,
    cantBreak,
    ready,
    settings,
    tab,
    timelineOpen,
    view,
    cleared,
    selection,
    watched,
    flagged: signal(NOT_LOOKED),
    messages,
    faults,
    transfer: lazyTransfer(notices, async () => {
      const { createTransfer } = await import("../app/deferred-panes.ts");
      return createTransfer(source, notices, { shown, loaded, isLive, incoming, show, readPages });
    }),
    withPayloads: signal(true),
    exportShown: signal(false),
    masks: signal(NO_MASKS),
    maskFields: signal(""),
    show,
    changeSettings: settingsOf.change,
    refreshSettings: settingsOf.refresh,
    reload: () => {
      attempt(`${hostOf(shown.value?.url ?? "The page")} can't be reloaded`, () => source.reload());
    },
    openWindow: () => {
      attempt("The window can't be opened", () => source.openWindow());
    },
    deleteAll: () => {
      show(null);
      attempt("The recordings can't be deleted", () => source.clear());
    },
    remove: (id) => {
      if (chosen.peek() === id) show(null);
      attempt("The recording can't be removed", () => source.removeRecording(id));
    },
    pin: (id, pinned) => {
      attempt("The recording can't be pinned", () => source.setPinned(id, pinned));
    },
    closing: closed.signal,
    dispose() {
      leave();
      unsubscribe();
      stopClock();
      stopLoading();
      stopEnding();
      stopWatching();
      stopBringing();
      if (listTimer !== null) clearTimeout(listTimer);
      loaded.peek()?.dispose();
      messages.dispose();
    },
  };
  return state;
}

export const PanelContext = createContext<PanelState | null>(null);

export function usePanel(): PanelState {
  const state = useContext(PanelContext);
  if (!state) throw new Error("usePanel outside of the panel");
  return state;
}
