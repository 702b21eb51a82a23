/** The rows of the message list: the log through the filter, kept up as it grows. */
import { watch } from "../state/watch.ts";
import { batch, computed, effect, signal, type ReadonlySignal, type Signal } from "@preact/signals";
import { insertInOrder, rowAt, type LogRow } from "../state/event-log.ts";
import type { LoadedRecording } from "../state/loaded-recording.ts";
import { allInterruptions, type FoundInterruption, type Selection } from "../state/selection.ts";
import { parseFilter, type Filter } from "./filter.ts";
import { isVolatile, matcherOf, momentOf, type Matcher } from "./match.ts";
import { ModelContext } from "./row-context.ts";

/** What the list showed last, so that it is found again when the rows are others or the list is opened anew. */
export interface Anchor {
  readonly row: LogRow;
  /** Pixels below the upper edge. */
  readonly offset: number;
}

/** A row that stands for a time without a connection. */
export interface GapRow {
  readonly gap: FoundInterruption;
}

export type ListRow = LogRow | GapRow;
export const isGap = (row: ListRow): row is GapRow => "gap" in row;

export interface MessageList {
  readonly text: Signal<string>;
  readonly filter: ReadonlySignal<Filter>;
  /** Counts up whenever rows changed. */
  readonly version: ReadonlySignal<number>;
  readonly context: ReadonlySignal<ModelContext | null>;
  /** Share of the log that was filtered, 1 when done. */
  readonly progress: ReadonlySignal<number>;
  /** Set to have the list show that row; a new object shows it again. */
  readonly wanted: Signal<{ readonly row: LogRow } | null>;
  /** Counts up whenever another filter, or another recording, makes other rows. */
  readonly epoch: ReadonlySignal<number>;
  anchor: Anchor | null;
  /** The wish that was fulfilled last. */
  granted: { readonly row: LogRow } | null;
  length(): number;
  /** Rows that passed the filter, without those that stand for a gap. */
  passed(): number;
  at(index: number): ListRow | undefined;
  indexOf(row: LogRow): number;
  /** Where the row is, or would be if it passed the filter. */
  placeOf(row: LogRow): number;
  /** Shows and selects what happened at `t`. */
  goTo(t: number, hubKey: string | null, selection: Selection): void;
  dispose(): void;
}

/** Rows filtered in one go; a million takes a few of these, and the panel answers in between. */
const SLICE = 40_000;
/** How often a filter on what can change is applied to everything again. */
const REFRESH_EVERY = 500;

/** A gap is at a time and on a connection. A filter on anything else asks for messages only. */
const letsGapsThrough = ({ tokens }: Filter): boolean =>
  tokens.every(
    ({ negated, any }) =>
      any.length === 0 ||
      (!negated && any.every(({ key }) => key === "hub" || key === "from" || key === "to")),
  );

export function createMessageList(loaded: ReadonlySignal<LoadedRecording | null>): MessageList {
  const text = signal("");
  const filter = computed(() => parseFilter(text.value));
  const version = signal(0);
  const progress = signal(1);
  const wanted = signal<{ readonly row: LogRow } | null>(null);
  const epoch = signal(0);
  const context = computed(() => (loaded.value ? new ModelContext(loaded.value.model) : null));
  let rows: LogRow[] = [];
  let gaps: { at: number; gap: FoundInterruption }[] = [];
  let matcher: Matcher = () => true;
  let timer: ReturnType<typeof setTimeout> | null = null;
  let done = 0;

  const placeGaps = (recording: LoadedRecording): void => {
    if (!letsGapsThrough(filter.peek())) {
      gaps = [];
      return;
    }
    const conditions = filter.peek().tokens.flatMap((token) => token.any);
    const hubs = conditions.flatMap((one) => (one.key === "hub" ? [one.value] : []));
    const moment = (key: "from" | "to"): number[] =>
      conditions.flatMap((one) => (one.key === key ? [momentOf(one, recording.model.from)] : []));
    const from = Math.max(-Infinity, ...moment("from"));
    const to = Math.min(Infinity, ...moment("to"));
    gaps = allInterruptions(recording.model)
      .filter(({ hub }) => hubs.length === 0 || hubs.some((part) => hub.path.toLowerCase().includes(part)))
      .filter(({ interruption }) => interruption.from <= to && (interruption.until ?? Infinity) >= from)
      .map((gap) => ({ at: rowAt(rows, gap.interruption.from + 0.001), gap }));
  };

  /** Filters what isn't yet, a slice at a time. What is built anew unseen is shown when it is complete. */
  const work = (recording: LoadedRecording, unseen: LogRow[] | null): void => {
    timer = null;
    const end = Math.min(recording.log.length, done + SLICE);
    const added: LogRow[] = [];
    for (; done < end; done++) {
      const row = recording.log[done] as LogRow;
      if (matcher(row)) added.push(row);
    }
    insertInOrder(unseen ?? rows, added);
    const left = done < recording.log.length;
    if (unseen && !left) rows = unseen;
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
    if (visibly) rows = [];
    matcher = matcherOf(filter.peek(), context.peek() as ModelContext);
    work(recording, visibly ? null : []);
  };

  const take = (recording: LoadedRecording, added: readonly LogRow[]): void => {
    if (timer === null) {
      insertInOrder(rows, added.filter(matcher));
      done = recording.log.length;
      return;
    }
    // Still filtering: rows beyond the present place come by themselves, earlier ones have moved everything.
    const at = recording.log[Math.max(0, done - 1)]?.event.t ?? 0;
    if (added.some((row) => row.event.t <= at)) restart(recording, true);
  };

  /** A call's fate may have changed, on any row. */
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
    passed: () => rows.length,
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
      const recording = loaded.value;
      unlisten();
      watch(filter);
      if (recording !== shown) list.anchor = null;
      shown = recording;
      epoch.value = epoch.peek() + 1;
      if (!recording) {
        rows = [];
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
      if (isVolatile(filter.peek())) refreshSoon(recording);
      placeGaps(recording);
      version.value = version.peek() + 1;
    }),
  ];
  return list;
}
