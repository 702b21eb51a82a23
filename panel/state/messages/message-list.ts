/** The rows of the message list: the filtered log, updated as it grows. */
import { watch } from "../watch.ts";
import { batch, computed, effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { insertInOrder, rowAt, type LogRow } from "../event-log.ts";
import type { LoadedRecording } from "../loaded-recording.ts";
import { allInterruptions, type FoundInterruption, type Selection } from "../selection.ts";
import { lazyImport } from "../lazy-import.ts";
import type { Filter } from "./filter.ts";
import type { Matcher } from "./match.ts";
import { messagesIn } from "./messages-in.ts";
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
  /** Set it to make the list show that row; a new object shows it again. */
  readonly wanted: Signal<{ readonly row: LogRow } | null>;
  /** Incremented whenever another filter or another recording replaces the rows. */
  readonly epoch: ReadonlySignal<number>;
  anchor: Anchor | null;
  /** The last `wanted` object that was handled. */
  granted: { readonly row: LogRow } | null;
  length(): number;
  /** Number of matching messages and other events, without gap rows. */
  passed(): { readonly messages: number; readonly others: number };
  at(index: number): ListRow | undefined;
  indexOf(row: LogRow): number;
  /** Index of the row, or where it would be if it matched. */
  placeOf(row: LogRow): number;
  /** Shows and selects what happened at `t`. */
  goTo(t: number, hubKey: string | null, selection: Selection): void;
  dispose(): void;
}

/** Rows filtered per task, so that the panel stays responsive with a million rows. */
const SLICE = 40_000;
/** How often a filter whose result can change is applied to everything again. */
const REFRESH_EVERY = 500;

/** Gaps have only a time and a connection: a filter on anything else hides them. */
const letsGapsThrough = ({ tokens }: Filter): boolean =>
  tokens.every(
    ({ negated, any }) =>
      any.length === 0 ||
      (!negated && any.every(({ key }) => key === "hub" || key === "from" || key === "to")),
  );

interface Passed {
  readonly rows: LogRow[];
  readonly found: { messages: number; others: number };
}

/** There are so many long tasks that they are shown only with `kind:`. */
const isNoTask: Matcher = ({ event }) => event.kind !== "long-task";

export function createMessageList(
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
  const wanted = signal<{ readonly row: LogRow } | null>(null);
  const epoch = signal(0);
  const context = computed(() => (loaded.value ? new ModelContext(loaded.value.model) : null));
  let rows: LogRow[] = [];
  /** Of the rows. */
  let found = { messages: 0, others: 0 };
  let gaps: { at: number; gap: FoundInterruption }[] = [];
  let matcher: Matcher = isNoTask;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let done = 0;

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
      .map((gap) => ({ at: rowAt(rows, gap.interruption.from + 0.001), gap }));
  };

  const count = (sums: { messages: number; others: number }, added: readonly LogRow[]): void => {
    for (const row of added) {
      const messages = messagesIn(row, matcher);
      if (messages === null) sums.others++;
      else sums.messages += messages;
    }
  };
  const pass = (added: readonly LogRow[]): void => {
    insertInOrder(rows, added);
    count(found, added);
  };

  /** Filters the remaining rows, a slice at a time. With `unseen`, the new rows are shown when they are complete. */
  const work = (recording: LoadedRecording, unseen: Passed | null): void => {
    timer = null;
    const end = Math.min(recording.log.length, done + SLICE);
    const added: LogRow[] = [];
    for (; done < end; done++) {
      const row = recording.log[done] as LogRow;
      if (matcher(row)) added.push(row);
    }
    if (unseen) {
      insertInOrder(unseen.rows, added);
      count(unseen.found, added);
    } else pass(added);
    const left = done < recording.log.length;
    if (unseen && !left) ({ rows, found } = unseen);
    placeGaps(recording);
    batch(() => {
      progress.value = left && !unseen ? done / recording.log.length : 1;
      version.value = version.peek() + 1;
    });
    if (left) timer = setTimeout(work, 0, recording, unseen);
  };

  const restart = (recording: LoadedRecording, visibly: boolean): void => {
    if (timer !== null) clearTimeout(timer);
    done = 0;
    const anew: Passed = { rows: [], found: { messages: 0, others: 0 } };
    if (visibly) ({ rows, found } = anew);
    const { matcherOf } = filtering.peek() ?? {};
    const passes =
      matcherOf && filter.peek() !== NO_FILTER
        ? matcherOf(filter.peek(), context.peek() as ModelContext)
        : isNoTask;
    const from = since.peek();
    matcher = from === 0 ? passes : (row) => row.event.t >= from && passes(row);
    work(recording, visibly ? null : anew);
  };

  const take = (recording: LoadedRecording, added: readonly LogRow[]): void => {
    if (timer === null) {
      pass(added.filter(matcher));
      done = recording.log.length;
      return;
    }
    // While filtering: rows after the current position will be read anyway, but earlier ones have changed the indices.
    const at = recording.log[Math.max(0, done - 1)]?.event.t ?? 0;
    if (added.some((row) => row.event.t <= at)) restart(recording, true);
  };

  /** A call's result may have changed, on any row. */
  let refreshing: ReturnType<typeof setTimeout> | null = null;
  function refreshSoon(recording: LoadedRecording): void {
    refreshing ??= setTimeout(() => {
      refreshing = null;
      if (loaded.peek() === recording && timer === null) restart(recording, false);
    }, REFRESH_EVERY);
  }

  /** Gaps come before the row that they are placed at. */
  const gapsBefore = (index: number): number => {
    let n = 0;
    while (n < gaps.length && (gaps[n]?.at ?? Infinity) <= index) n++;
    return n;
  };

  const list: MessageList = {
    text,
    filter,
    version,
    context,
    progress,
    wanted,
    epoch,
    anchor: null,
    granted: null,
    length: () => rows.length + gaps.length,
    passed: () => found,
    at(index) {
      for (let n = 0; n <= gaps.length; n++) {
        const gap = gaps[n];
        const place = gap ? gap.at + n : Infinity;
        if (index < place) return rows[index - n];
        if (index === place && gap) return { gap: gap.gap };
      }
      return undefined;
    },
    indexOf(row) {
      let i = rowAt(rows, row.event.t);
      while (i < rows.length && rows[i] !== row && (rows[i] as LogRow).event.t === row.event.t) i++;
      return rows[i] === row ? i + gapsBefore(i) : -1;
    },
    placeOf(row) {
      const exact = list.indexOf(row);
      if (exact >= 0) return exact;
      const i = rowAt(rows, row.event.t);
      return Math.max(0, Math.min(rows.length + gaps.length - 1, i + gapsBefore(i)));
    },
    goTo(t, hubKey, selection) {
      const hubOf = (row: LogRow): string | undefined => context.peek()?.hubOf(row)?.key;
      const start = rowAt(rows, t);
      let best: LogRow | null = null;
      for (let i = Math.max(0, start - 200); i < Math.min(rows.length, start + 200); i++) {
        const row = rows[i] as LogRow;
        if (row.event.kind !== "message" && row.event.kind !== "counts") continue;
        if (hubKey !== null && hubOf(row) !== hubKey) continue;
        if (best === null || Math.abs(row.event.t - t) < Math.abs(best.event.t - t)) best = row;
      }
      if (!best) return;
      selection.message.value = best;
      wanted.value = { row: best };
    },
    dispose() {
      unlisten();
      for (const one of [timer, refreshing]) if (one !== null) clearTimeout(one);
      for (const stop of stops) stop();
    },
  };

  let shown: LoadedRecording | null = null;
  let unlisten: () => void = () => undefined;
  const stops = [
    effect(() => {
      if (text.value !== "" && filtering.value === null) prepareFiltering().catch(onError);
    }),
    effect(() => {
      const recording = loaded.value;
      unlisten();
      watch(filter, since);
      if (recording !== shown) list.anchor = null;
      shown = recording;
      epoch.value = epoch.peek() + 1;
      if (!recording) {
        rows = [];
        found = { messages: 0, others: 0 };
        gaps = [];
        version.value = version.peek() + 1;
        return;
      }
      restart(recording, true);
      unlisten = recording.onRows((added) => {
        take(recording, added);
      });
    }),
    effect(() => {
      const recording = loaded.value;
      if (!recording || recording.version.value === 0 || timer !== null) return;
      if (filtering.peek()?.isVolatile(filter.peek())) refreshSoon(recording);
      placeGaps(recording);
      version.value = version.peek() + 1;
    }),
  ];
  return list;
}
