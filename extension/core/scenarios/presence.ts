/**
 * When a hub was connected, by its address and not by HubConnection objects: an app may create a new one after a loss, and a
 * reloaded page always does.
 */
import { FAULTS } from "../faults/outlines.ts";
import { endOf } from "../model/page-end.ts";
import type { FaultSpan, HubConnectionModel, InterruptionModel, RecordingModel } from "../model/types.ts";
import { union, type Gap } from "../model/downtime.ts";
import { pathOf } from "../protocol/addresses.ts";
import type { EpochMilliseconds } from "../units.ts";
import type { JudgedRun, InjectedFault } from "./judgement.ts";

/** A span with fewer connections to a hub than at the beginning. `until` is null while it lasts. */
export interface Down {
  readonly url: string;
  readonly from: EpochMilliseconds;
  readonly until: EpochMilliseconds | null;
}

/** How to treat the gap of a stateful reconnect: for the app it is connected, for the network it isn't. */
type Resumed = "counts" | "is down";

interface Change {
  readonly t: EpochMilliseconds;
  readonly by: 1 | -1;
}

function changesOf(model: RecordingModel, url: string, resumed: Resumed): Change[] {
  const ends = new Map(model.pages.map((page) => [page.id, endOf(page)]));
  return model.hubs
    .filter((hub) => hub.url === url)
    .flatMap((hub) => connectedSpans(hub, ends.get(hub.page) ?? Infinity, resumed))
    .flatMap(({ from, until }): Change[] => [
      { t: from, by: 1 },
      { t: until, by: -1 },
    ])
    .filter(({ t }) => t !== Infinity)
    .sort((a, b) => a.t - b.t || a.by - b.by);
}

function connectedSpans(
  { states }: HubConnectionModel,
  end: EpochMilliseconds,
  resumed: Resumed,
): { from: EpochMilliseconds; until: EpochMilliseconds }[] {
  return states
    .filter(({ state }) => state === "connected" || (state === "resumed" && resumed === "counts"))
    .map(({ from, until }) => ({ from, until: Math.min(until ?? Infinity, end) }))
    .filter(({ from, until }) => from < until);
}

/** Connections to that hub right before that time. */
export function connectedBefore(
  model: RecordingModel,
  url: string,
  t: EpochMilliseconds,
  resumed: Resumed = "counts",
): number {
  let connected = 0;
  for (const change of changesOf(model, url, resumed)) if (change.t < t) connected += change.by;
  return connected;
}

/** The hubs that were connected when the run began, with how many connections. */
export function watchedHubs({
  model,
  from,
  hub,
}: Pick<JudgedRun, "model" | "from" | "hub">): Map<string, number> {
  const urls = new Set(model.hubs.map(({ url }) => url));
  const watched = new Map<string, number>();
  for (const url of urls) {
    const connected = hub === null || hub === url ? connectedBefore(model, url, from) : 0;
    if (connected > 0) watched.set(url, connected);
  }
  return watched;
}

/** Spans with fewer connections than at the beginning, of every watched hub. */
export function downs(run: JudgedRun, resumed: Resumed): Down[] {
  return [...watchedHubs(run)].flatMap(([url, before]) => {
    const found: Down[] = [];
    let connected = 0;
    let since: EpochMilliseconds | null = null;
    for (const { t, by } of changesOf(run.model, url, resumed)) {
      if (t > run.to) break;
      connected += by;
      if (t < run.from) continue;
      if (connected < before) since ??= t;
      else if (since !== null) {
        if (since < t) found.push({ url, from: since, until: t });
        since = null;
      }
    }
    if (since !== null) found.push({ url, from: since, until: null });
    return found;
  });
}

/** The union of these spans: time when several hubs were down counts once. */
export const gapsIn = (all: readonly Down[], to: EpochMilliseconds): Gap[] =>
  union(all.map(({ from, until }) => ({ from, until: until ?? to })));

/** "/hubs/board": names a hub in a sentence. The whole address if two hubs have the same path. */
export function hubName(run: Pick<JudgedRun, "model">, url: string): string {
  const path = pathOf(url);
  const alike = new Set(run.model.hubs.map((hub) => hub.url).filter((other) => pathOf(other) === path));
  return alike.size > 1 ? url : path;
}

/** Whether there are fewer connections than at the beginning, now. */
export const isDown = (run: JudgedRun): boolean => downs(run, "is down").some(({ until }) => until === null);

/** The most connections to each watched hub at one time, and when that was. */
export function mostConnected(
  run: JudgedRun,
): { url: string; before: number; max: number; at: EpochMilliseconds }[] {
  return [...watchedHubs(run)].map(([url, before]) => {
    let connected = 0;
    let max = before;
    let at = run.from;
    for (const { t, by } of changesOf(run.model, url, "counts")) {
      if (t > run.to) break;
      connected += by;
      if (t >= run.from && connected > max) {
        max = connected;
        at = t;
      }
    }
    return { url, before, max, at };
  });
}

export interface Lost {
  readonly hub: HubConnectionModel;
  readonly interruption: InterruptionModel;
}

/** Interruptions of the watched hubs that began in the run. */
export function lossesOf(run: JudgedRun): Lost[] {
  const watched = watchedHubs(run);
  return run.model.hubs
    .filter(({ url }) => watched.has(url))
    .flatMap((hub) => hub.interruptions.map((interruption) => ({ hub, interruption })))
    .filter(({ interruption: { from } }) => from >= run.from && from <= run.to)
    .sort((a, b) => a.interruption.from - b.interruption.from);
}

/**
 * The interruptions in such a span. A client reports a loss a moment before or after its state changes: so the first is the
 * newest one that had begun by then.
 */
export function lossesIn(run: JudgedRun, { url, from, until }: Down): Lost[] {
  const own = lossesOf(run).filter(({ hub }) => hub.url === url);
  const first = own.filter(({ interruption }) => interruption.from <= from).at(-1);
  const later = own.filter(
    ({ interruption }) => interruption.from > from && interruption.from <= (until ?? Infinity),
  );
  return [...(first && (first.interruption.until ?? Infinity) > from ? [first] : []), ...later];
}

/** When the cause ended: the end of the last fault that had begun by `until`. null: it hasn't. */
export function causeEnd(
  run: JudgedRun,
  { from, until }: Pick<Down, "from" | "until">,
): EpochMilliseconds | null {
  let end = from;
  for (const injected of run.faults) {
    const began = spanOf(run, injected);
    if (began.from > (until ?? run.to)) continue;
    if (began.until === null) return until === null ? null : Math.max(end, until);
    end = Math.max(end, began.until);
  }
  return end;
}

/** From its beginning to its end, as recorded; a momentary fault ends when it begins. */
export function spanOf(
  { model }: Pick<JudgedRun, "model">,
  injected: InjectedFault,
): { from: EpochMilliseconds; until: EpochMilliseconds | null } {
  const recorded = recordedFault(model, injected);
  const from = recorded?.from ?? injected.at;
  return { from, until: FAULTS[injected.command.name].lasting ? (recorded?.until ?? null) : from };
}

/** Whether the page has reported its end. Also a momentary fault may last a while, such as one that waits for a resume. */
export function isOver({ model }: Pick<JudgedRun, "model">, injected: InjectedFault): boolean {
  const page = model.pages.find(({ id }) => id === injected.page);
  return (page && endOf(page) !== null) || (recordedFault(model, injected)?.until ?? null) !== null;
}

const recordedFault = (model: RecordingModel, { page, fault }: InjectedFault): FaultSpan | undefined =>
  model.pages.find(({ id }) => id === page)?.faults.find((one) => one.fault === fault);
