/** The rows of the message list: the filtered log, updated as it grows. */
import { watch } from "../watch.ts";
import { batch, computed, effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import type { Row } from "../../../extension/core/columns/event-table.ts";
import { firstIndex } from "../../../extension/core/first-index.ts";
import { RowsByTime, type LogRow } from "../event-log.ts";
import type { LoadedRecording } from "../loaded-recording.ts";
import { allInterruptions, type FoundInterruption } from "../selection.ts";
import { lazyImport } from "../lazy-import.ts";
import type { Filter } from "./filter.ts";
import type { Matcher } from "./match.ts";
import { messagesIn } from "./messages-in.ts";
import type { PayloadSearch } from "./payload-search.ts";
import type { PanelSource } from "../source.ts";
import { newTask, sliced } from "../sliced.ts";
import { ModelContext } from "./row-context.ts";

/** The last position of the list, to restore it when the rows change or the list is opened again. */
export interface Anchor {
  readonly row: LogRow;
  /** Pixels below the upper edge. */
  readonly offset: number;
}

/** A row for a time without a connection. */
export interface GapRow {
  readonly gap: FoundInterruption;
}

/** The code for filters, loaded once for all lists. An empty filter doesn't need it. */
const filtering = signal<Awaited<ReturnType<typeof loadFiltering>> | null>(null);
const loadFiltering = () => import("../../app/deferred-panes.ts");
const prepareFiltering = lazyImport(async () => {
  filtering.value = await loadFiltering();
});

const NO_FILTER: Filter = { text: "", tokens: [], problem: null };

export type ListRow = LogRow | GapRow;
export const isGap = (row: ListRow): row is GapRow => "gap" in row;

export interface MessageList {
  readonly text: Signal<string>;
  readonly filter: ReadonlySignal<Filter>;
  /** Incremented whenever rows changed. */
  readonly version: ReadonlySignal<number>;
  readonly context: ReadonlySignal<ModelContext | null>;
  /** Share of the log that was filtered, 1 when done. */
  readonly progress: ReadonlySignal<number>;
  /** The rows are still those of the filter before: the new one has found nothing yet. */
  readonly stale: ReadonlySignal<boolean>;
  /** Set it to make the list show that row; a new object shows it again. */
  readonly wanted: Signal<{ readonly row: LogRow } | null>;
  /** Incremented whenever another filter or another recording replaces the rows. */
  readonly epoch: ReadonlySignal<number>;
  anchor: Anchor | null;
  /** The last `wanted` object that was handled. */
  granted: { readonly row: LogRow } | null;
  /** The rows that passed, without gap rows. */
  rows(): RowsByTime | null;
  length(): number;
  /** Number of matching messages and other events, without gap rows. */
  passed(): { readonly messages: number; readonly others: number };
  at(index: number): ListRow | undefined;
  indexOf(row: LogRow): number;
  /** Index of the row, or where it would be if it matched. */
  placeOf(row: LogRow): number;
  dispose(): void;
}

/** How many rows are filtered between two looks at the clock. */
const CHECK_EVERY = 1_024;
/** In milliseconds: less than elsewhere, as the list is drawn again in the same task. */
const SLICE = 6;
/** How often the list is drawn while a filter is applied. */
const DRAW_EVERY = 50;
/** How often a filter whose result can change is applied to everything again. */
const REFRESH_EVERY = 500;

/** Without reading it as an effect does. */
const raise = (number: Signal<number>): void => {
  number.value = number.peek() + 1;
};

/** Gaps have only a time and a connection: a filter on anything else hides them. */
const letsGapsThrough = ({ tokens }: Filter): boolean =>
  tokens.every(
    ({ negated, any }) =>
      any.length === 0 ||
      (!negated && any.every(({ key }) => key === "hub" || key === "from" || key === "to")),
  );

/** The rows that passed the filter. */
interface Passed {
  readonly rows: RowsByTime;
  readonly found: { messages: number; others: number };
  /** Rows of the table below this one were filtered. */
  done: Row;
  /** When they replace the rows that are shown: an empty list in between would flicker. */
  readonly shows: "with first" | "when complete";
}

export function createMessageList(
  source: Pick<PanelSource, "searchPayloads">,
  loaded: ReadonlySignal<LoadedRecording | null>,
  since: ReadonlySignal<number>,
  onError: (error: unknown) => void = () => undefined,
): MessageList {
  const text = signal("");
  const filter = computed(() =>
    text.value === "" ? NO_FILTER : (filtering.value?.parseFilter(text.value) ?? NO_FILTER),
  );
  const version = signal(0);
  const progress = signal(1);
  const stale = signal(false);
  const wanted = signal<{ readonly row: LogRow } | null>(null);
  const epoch = signal(0);
  const context = computed(() => (loaded.value ? new ModelContext(loaded.value.model) : null));
  let passed: Passed | null = null;
  /** They will replace them. */
  let next: Passed | null = null;
  let gaps: { at: number; gap: FoundInterruption }[] = [];
  let matcher: Matcher | null = null;
  let search: PayloadSearch | null = null;
  /** Stands for the task in which filtering goes on; null: there is none. */
  let task: object | null = null;
  let drawnAt = -Infinity;
  /** Goes on with filtering; set while a payload must be searched first. */
  let goOn: (() => void) | null = null;

  const placeGaps = (recording: LoadedRecording): void => {
    if (!letsGapsThrough(filter.peek())) {
      gaps = [];
      return;
    }
    const conditions = filter.peek().tokens.flatMap((token) => token.any);
    const hubs = conditions.flatMap((one) => (one.key === "hub" ? [one.value] : []));
    const { momentOf } = filtering.peek() ?? {};
    const moment = (key: "from" | "to"): number[] =>
      conditions.flatMap((one) => (momentOf && one.key === key ? [momentOf(one, recording.model.from)] : []));
    const from = Math.max(-Infinity, ...moment("from"));
    const to = Math.min(Infinity, ...moment("to"));
    gaps = allInterruptions(recording.model, since.peek())
      .filter(({ hub }) => hubs.length === 0 || hubs.some((part) => hub.path.toLowerCase().includes(part)))
      .filter(({ interruption }) => interruption.from <= to && (interruption.until ?? Infinity) >= from)
      .map((gap) => ({ at: passed?.rows.indexFrom(gap.interruption.from + 0.001) ?? 0, gap }));
  };

  const count = ({ found }: Passed, { model: { events } }: LoadedRecording, row: Row): void => {
    const messages = messagesIn(events, row, matcher);
    if (messages === null) found.others++;
    else found.messages += messages;
  };

  /**
   * Filters the next rows in their order of arrival, until the slice is over or a payload must be searched first.
   * @returns whether it waits for the search
   */
  const filterSlice = (recording: LoadedRecording, into: Passed): boolean => {
    const { events } = recording.model;
    const from = since.peek();
    const slice = sliced(SLICE);
    const added: Row[] = [];
    let waits = false;
    for (; into.done < events.length; into.done++) {
      if (into.done % CHECK_EVERY === 0 && slice.isOver()) break;
      waits = search?.isKnown(into.done) === false;
      if (waits) break;
      const passes =
        events.timeOf(into.done) >= from &&
        (matcher ? matcher.matches(into.done) : events.headOf(into.done).kind !== "long-task");
      if (!passes) continue;
      added.push(into.done);
      count(into, recording, into.done);
    }
    into.rows.add(added);
    return waits;
  };

  /** Not by a timer: browsers delay them. */
  const workLater = (recording: LoadedRecording): void => {
    const own = (task = {});
    void newTask().then(() => {
      if (task === own) work(recording);
    });
  };

  const work = (recording: LoadedRecording): void => {
    task = null;
    const into = next ?? passed;
    if (!into) return;
    const waits = filterSlice(recording, into);
    const { length } = recording.model.events;
    const left = into.done < length;
    const isSeen = into.shows === "with first";
    const isReady = next !== null && (!left || (isSeen && into.rows.length > 0));
    const isDue = isReady || !left || waits || performance.now() - drawnAt > DRAW_EVERY;
    if (isDue) {
      drawnAt = performance.now();
      batch(() => {
        if (isReady) {
          passed = next;
          next = null;
          if (isSeen) raise(epoch);
        }
        progress.value = left && (isSeen || !next) ? into.done / length : 1;
        stale.value = next !== null && isSeen;
        if (next) return;
        placeGaps(recording);
        raise(version);
      });
    }
    goOn = waits ? () => work(recording) : null;
    if (left && !waits) workLater(recording);
  };
  const isWorking = (): boolean => task !== null || goOn !== null;

  /** @param how "soon": in a task of its own, so that a key stroke in the filter isn't kept waiting */
  const restart = (recording: LoadedRecording, how: "now" | "soon" | "unseen"): void => {
    task = goOn = null;
    drawnAt = -Infinity;
    const visibly = how !== "unseen";
    next = {
      rows: new RowsByTime(recording.model.events),
      found: { messages: 0, others: 0 },
      done: 0,
      shows: visibly ? "with first" : "when complete",
    };
    if (how === "now") {
      passed = next;
      next = null;
      raise(epoch);
    }
    if (visibly) {
      search?.stop();
      search = null;
    }
    const { matcherOf, textsOf, createPayloadSearch } = filtering.peek() ?? {};
    const known = context.peek();
    if (matcherOf && textsOf && createPayloadSearch && known && filter.peek() !== NO_FILTER) {
      const texts = textsOf(filter.peek());
      if (texts.length > 0)
        search ??= createPayloadSearch(source, recording.model.events, texts, () => goOn?.(), onError);
      matcher = matcherOf(filter.peek(), known, search ?? undefined);
    } else matcher = null;
    if (how === "soon") {
      stale.value = true;
      workLater(recording);
    } else work(recording);
  };

  /** A call's result may have changed, on any row. */
  let refreshing: ReturnType<typeof setTimeout> | null = null;
  function refreshSoon(recording: LoadedRecording): void {
    refreshing ??= setTimeout(() => {
      refreshing = null;
      if (loaded.peek() === recording && !isWorking()) restart(recording, "unseen");
    }, REFRESH_EVERY);
  }

  const entryAt = (index: number): LogRow | undefined =>
    passed && index >= 0 && index < passed.rows.length
      ? loaded.peek()?.log.entry(passed.rows.at(index))
      : undefined;

  /** Gaps come before the row that they are placed at. */
  const gapsBefore = (index: number): number =>
    firstIndex(gaps.length, (one) => (gaps[one]?.at ?? Infinity) <= index);

  const list: MessageList = {
    text,
    filter,
    version,
    context,
    progress,
    stale,
    wanted,
    epoch,
    anchor: null,
    granted: null,
    rows: () => passed?.rows ?? null,
    length: () => (passed?.rows.length ?? 0) + gaps.length,
    passed: () => passed?.found ?? { messages: 0, others: 0 },
    at(index) {
      const n = firstIndex(gaps.length, (one) => (gaps[one]?.at ?? Infinity) + one < index);
      const gap = gaps[n];
      return gap && gap.at + n === index ? { gap: gap.gap } : entryAt(index - n);
    },
    indexOf({ row }) {
      const at = passed?.rows.placeOf(row) ?? 0;
      return passed && at < passed.rows.length && passed.rows.at(at) === row ? at + gapsBefore(at) : -1;
    },
    placeOf({ row }) {
      if (!passed) return 0;
      const at = passed.rows.placeOf(row);
      return Math.max(0, Math.min(passed.rows.length + gaps.length - 1, at + gapsBefore(at)));
    },
    dispose() {
      search?.stop();
      task = null;
      if (refreshing !== null) clearTimeout(refreshing);
      for (const stop of stops) stop();
    },
  };

  let shown: LoadedRecording | null = null;
  let used = filter.peek();
  const stops = [
    effect(() => {
      if (text.value !== "" && filtering.value === null) prepareFiltering().catch(onError);
    }),
    effect(() => {
      const recording = loaded.value;
      watch(filter, since);
      if (recording !== shown) list.anchor = null;
      const isTyped = recording === shown && filter.peek() !== used;
      shown = recording;
      used = filter.peek();
      if (recording) {
        restart(recording, isTyped ? "soon" : "now");
        return;
      }
      search?.stop();
      search = null;
      passed = null;
      next = null;
      gaps = [];
      batch(() => {
        stale.value = false;
        raise(epoch);
        raise(version);
      });
    }),
    effect(() => {
      const recording = loaded.value;
      if (!recording || recording.version.value === 0 || isWorking()) return;
      if (filtering.peek()?.isVolatile(filter.peek())) refreshSoon(recording);
      work(recording);
    }),
  ];
  return list;
}
