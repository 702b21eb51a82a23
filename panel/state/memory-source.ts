/** A source that holds everything in memory: the panel as a plain page, and its tests. */
import { sizeOfEvents } from "../../extension/core/events/event-size.ts";
import type { RecordedEvent, Unstamped } from "../../extension/core/events/events.ts";
import type { DoctorOrder } from "../../extension/core/events/doctor-events.ts";
import type { DoctorRunId, FaultId, PageId } from "../../extension/core/ids.ts";
import { FAULTS, parseFaultCommand, type FaultCommand } from "../../extension/core/faults/vocabulary.ts";
import type { Milliseconds } from "../../extension/core/units.ts";
import { DEFAULT_SETTINGS, type Settings, type SiteChoice } from "../../extension/core/settings.ts";
import { runsAt, siteOf } from "../../extension/core/sites.ts";
import type { UserDataName, StoredPage } from "../../extension/store/stored-page.ts";
import type { TabSite } from "../../extension/messages/extension.ts";
import type { FaultAnswer } from "../../extension/messages/hook-relay.ts";
import { packEvents } from "../../extension/core/columns/event-block.ts";
import { searchBlock } from "./messages/search-block.ts";
import { lazyImport } from "./lazy-import.ts";
import type { PanelSource, SourceChange, TabGone } from "./source.ts";

export interface MemorySource extends PanelSource {
  /** Adds a page, or events to an existing one. */
  append(page: PageId, events: readonly RecordedEvent[], about?: Partial<StoredPage>): void;
  /** As if the tab of a window were gone. */
  loseTab(why: TabGone): void;
  /** The tab loads a page, without SignalR as far as is known. */
  loadPage(): void;
}

const reading = lazyImport(() => import("./files/import-in-memory.ts"));
const writing = lazyImport(() => import("./files/export-file.ts"));

const BATCH = 5_000;

interface MemorySourceOptions {
  /** The address of the inspected page. */
  readonly url?: string;
  readonly tabId?: number;
  readonly place?: PanelSource["place"];
  readonly now?: () => number;
  /** Version of Hubscope. */
  readonly hubscope?: string;
  /** Why commands have no effect on a page; when absent it is a demo. */
  readonly pretends?: string;
  /** The style sheet of HTML reports; none when absent. */
  readonly reportStyle?: string;
  /** What a run of the connection doctor pretends to find. */
  readonly doctor?: (run: DoctorRunId, order: DoctorOrder) => readonly PretendedEvent[];
  /** Whether that takes its time. Otherwise it is over at once. */
  readonly paced?: boolean;
}

/** @property after since the run began */
export interface PretendedEvent {
  readonly after: Milliseconds;
  readonly event: Unstamped;
}

const tabSiteOf = (sites: SiteChoice, url: string): TabSite => ({
  site: siteOf(url, true),
  origin: new URL(url).origin,
  firefox: false,
  state: runsAt(sites, url) ? "running" : "excluded",
  document: null,
});

export function createMemorySource(options: MemorySourceOptions = {}): MemorySource {
  const tabId = options.tabId ?? 1;
  const now = options.now ?? Date.now;
  const held = new Map<PageId, { page: StoredPage; events: RecordedEvent[] }>();
  const listeners = new Set<(change: SourceChange) => void>();
  const userData = new Map<UserDataName, unknown>();
  let settings: Settings = DEFAULT_SETTINGS;
  let faults = 100;
  let doctorRuns = 100;
  const notify = (change: SourceChange): void => {
    for (const listener of listeners) listener(change);
  };
  const changed = (): Promise<void> => {
    notify({ type: "recordings-changed" });
    return Promise.resolve();
  };
  const stamp = (id: PageId, ...events: Unstamped[]): void => {
    const seq = held.get(id)?.events.at(-1)?.seq ?? 0;
    source.append(
      id,
      events.map((event, i) => ({ ...event, seq: seq + i + 1, t: event.t ?? now() })),
    );
  };
  const endOfRun = (id: PageId, run: DoctorRunId): boolean =>
    held.get(id)?.events.some((event) => event.kind === "doctor-ended" && event.run === run) === true;

  async function* readEvents(id: PageId, afterSeq: number): AsyncGenerator<readonly RecordedEvent[]> {
    const events = held.get(id)?.events ?? [];
    for (let i = events.findIndex((event) => event.seq > afterSeq); i >= 0 && i < events.length; i += BATCH) {
      await Promise.resolve();
      yield events.slice(i, i + BATCH);
    }
  }

  const exported = (recording: PageId) => ({
    pages: [...held.values()].map(({ page }) => page).filter((page) => page.recording === recording),
    readEvents: (page: PageId) => readEvents(page, 0),
  });

  const source: MemorySource = {
    place: options.place ?? "page",
    isTab: (id) => id === tabId,
    hubscope: options.hubscope ?? "0.0.0",
    pretends:
      options.pretends ?? "This is a demo recording: faults appear on the timeline, but nothing is affected.",
    now,
    loseTab(why) {
      notify({ type: "tab-gone", why });
    },
    loadPage() {
      notify({ type: "tab-loaded" });
    },
    append(id, events, about = {}) {
      const entry = held.get(id);
      const all = entry ? entry.events : [];
      for (const event of events) all.push(event);
      const page: StoredPage = {
        page: id,
        recording: id,
        tabId,
        browserSession: 1,
        frameId: 0,
        url: "about:blank",
        pinned: false,
        hubs: 0,
        connections: 0,
        interruptions: 0,
        startedAt: all[0]?.t ?? now(),
        lastAt: 0,
        storedUpTo: 0,
        events: 0,
        bytes: 0,
      };
      Object.assign(page, entry?.page, about, {
        lastAt: all.at(-1)?.t ?? now(),
        storedUpTo: all.at(-1)?.seq ?? 0,
        events: all.length,
        bytes: (entry?.page.bytes ?? 0) + sizeOfEvents(events),
      } satisfies Partial<StoredPage>);
      held.set(id, { page, events: all });
      notify({
        type: "stored",
        recording: page.recording,
        page: id,
        tabId: page.tabId,
        upTo: page.storedUpTo,
      });
    },
    browserSession: () => Promise.resolve(1),
    pages: () => Promise.resolve([...held.values()].map(({ page }) => page)),
    async *readBlocks(id, afterSeq) {
      for await (const events of readEvents(id, afterSeq)) yield packEvents(events).block;
    },
    async payloadsOf(id, seqs) {
      const from = Math.min(...seqs);
      for await (const events of readEvents(id, from - 1))
        return [{ firstSeq: from, lastSeq: events.at(-1)?.seq ?? from, block: packEvents(events).payloads }];
      return seqs.map((seq) => ({ firstSeq: seq, lastSeq: seq, block: null }));
    },
    async *searchPayloads(id, afterSeq, texts) {
      for await (const events of readEvents(id, afterSeq)) {
        const { payloads } = packEvents(events);
        yield {
          upTo: events.at(-1)?.seq ?? afterSeq,
          found: texts.map((text) => searchBlock(payloads, text, afterSeq)),
        };
      }
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    hold: () => () => undefined,
    inject(id, given): Promise<FaultAnswer> {
      const command: FaultCommand | string = parseFaultCommand(given);
      if (typeof command === "string") return Promise.resolve({ ok: false, error: command });
      const fault: FaultId = ++faults;
      const until = "duration" in command ? { until: now() + command.duration } : {};
      stamp(id, { kind: "fault", fault, command, ...until });
      if (!FAULTS[command.name].lasting) stamp(id, { kind: "fault-ended", fault, reason: "completed" });
      return Promise.resolve({ ok: true, fault });
    },
    endFault(id, fault) {
      const begun = held.get(id)?.events ?? [];
      const ended = new Set(begun.flatMap((event) => (event.kind === "fault-ended" ? [event.fault] : [])));
      for (const event of begun.filter((one) => one.kind === "fault"))
        if (!ended.has(event.fault) && (fault === "all" || fault === event.fault))
          stamp(id, { kind: "fault-ended", fault: event.fault, reason: "undone" });
      return Promise.resolve();
    },
    doctor(id, order) {
      const run: DoctorRunId = ++doctorRuns;
      for (const { after, event } of options.doctor?.(run, order) ?? [])
        if (options.paced !== true || after === 0) stamp(id, event);
        else
          setTimeout(() => {
            if (!endOfRun(id, run)) stamp(id, event);
          }, after);
      return Promise.resolve({ ok: true, fault: run });
    },
    endDoctor(id) {
      for (const event of held.get(id)?.events.filter(({ kind }) => kind === "doctor") ?? [])
        if (event.kind === "doctor" && !endOfRun(id, event.run))
          stamp(id, { kind: "doctor-ended", run: event.run, reason: "cancelled" });
      return Promise.resolve();
    },
    reload: () => Promise.resolve(),
    openWindow: () => Promise.resolve(),
    tabSite: () => Promise.resolve(tabSiteOf(settings.sites, options.url ?? "https://board.example/")),
    settings: () => Promise.resolve(settings),
    changeSettings(change) {
      settings = change(settings);
      return Promise.resolve(settings);
    },
    userData: (what) => Promise.resolve(userData.get(what)),
    changeUserData(what, change) {
      userData.set(what, change(userData.get(what)));
      return Promise.resolve(userData.get(what));
    },
    setPinned(recording, pinned) {
      for (const entry of held.values())
        if (entry.page.recording === recording) entry.page = { ...entry.page, pinned };
      return changed();
    },
    removeRecording(recording) {
      for (const [id, { page }] of held) if (page.recording === recording) held.delete(id);
      return changed();
    },
    clear() {
      for (const [id, { page }] of held) if (!page.pinned) held.delete(id);
      return changed();
    },
    async importFile(file, options) {
      const { importEvents } = await reading();
      const { pages, warnings } = await importEvents(file, Date.now(), options);
      for (const { page, events } of pages) source.append(page.page, events, page);
      await changed();
      return { recording: pages[0]?.page.recording ?? "", warnings };
    },
    async inspect(recording, contents, transfer) {
      const { inspectFile } = await writing();
      return inspectFile(exported(recording), contents, now(), transfer);
    },
    async export(recording, kind, wanted, transfer) {
      const { exportFile } = await writing();
      return exportFile(
        exported(recording),
        kind,
        wanted,
        {
          hubscope: source.hubscope,
          now: now(),
          scorecards: userData.get("scorecards"),
          reportStyle: options.reportStyle ?? "",
        },
        transfer,
      );
    },
  };
  return source;
}
