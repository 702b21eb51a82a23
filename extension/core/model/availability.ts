/**
 * How long connections were there while the app wanted them: for each hub connection, each page and the whole recording. Overlapping
 * outages count once. Time of a first start, of a stop by the app and outside of the recording counts neither way.
 */
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import { gapsOf, lengthOf, union, without, type Gap } from "./downtime.ts";
import { endOf } from "./page-end.ts";
import type { HubConnectionModel, PageModel, RecordingModel } from "./types.ts";

export interface Uptime {
  /** Of several connections: all that were wanted were there. */
  readonly up: Milliseconds;
  /** Of several: at least one was missing. */
  readonly down: Milliseconds;
  /** How many times that began. */
  readonly outages: number;
  readonly longest: Milliseconds;
  /** The part of `down` in which the page was hidden or frozen: nobody was looking at it. */
  readonly unseen: Milliseconds;
}

export interface SharedUptime extends Uptime {
  /** How long it was recorded. */
  readonly recorded: Milliseconds;
  /** The downtimes of all its connections added up: more than `down` if several were missing at once. */
  readonly downSum: Milliseconds;
  /** One was missing, and none was there. */
  readonly allDown: Milliseconds;
}

export interface Availability extends SharedUptime {
  readonly pages: readonly { readonly page: PageModel; readonly uptime: SharedUptime }[];
  readonly hubs: readonly { readonly hub: HubConnectionModel; readonly uptime: Uptime }[];
  /** Between the first and the last event, but in no page's recording. */
  readonly unrecorded: Milliseconds;
}

/** From 0 to 1. null: no connection was there or missing for any time. */
export const shareUp = ({ up, down }: Pick<Uptime, "up" | "down">): number | null =>
  up + down === 0 ? null : up / (up + down);

/** @param now the end of what is still going on */
export function availabilityOf(model: RecordingModel, now: EpochMilliseconds = model.to): Availability {
  const pages = model.pages.map((page) => {
    const recorded = recordedSpan(page, now);
    const unseen = union(
      page.visibility
        .filter(({ state }) => state !== "visible")
        .map(({ from, until }) => ({ from, until: until ?? now })),
    );
    return { page, recorded, unseen, hubs: page.hubs.map((hub) => spansOf(hub, recorded, unseen, now)) };
  });
  const everywhere = union(pages.flatMap(({ recorded }) => recorded));
  return {
    ...together(
      pages.flatMap(({ hubs }) => hubs),
      everywhere,
    ),
    pages: pages.map(({ page, recorded, hubs }) => ({ page, uptime: together(hubs, recorded) })),
    hubs: pages.flatMap(({ hubs }) => hubs.map(({ hub, ...spans }) => ({ hub, uptime: uptimeOf(spans) }))),
    unrecorded: Math.max(0, now - model.from - lengthOf(everywhere)),
  };
}

interface Spans {
  readonly up: readonly Gap[];
  readonly down: readonly Gap[];
  readonly unseen: readonly Gap[];
}

/** Of a page without events: nothing. */
function recordedSpan(page: PageModel, now: EpochMilliseconds): Gap[] {
  const from = page.started?.t ?? page.hubs[0]?.states[0]?.from;
  const until = Math.min(endOf(page) ?? now, now);
  return from === undefined || until <= from ? [] : [{ from, until }];
}

function spansOf(
  hub: HubConnectionModel,
  recorded: readonly Gap[],
  unseen: readonly Gap[],
  now: EpochMilliseconds,
): Spans & { readonly hub: HubConnectionModel } {
  const down = within(gapsOf(hub, now), recorded);
  const connected = hub.states
    .filter(({ state }) => state === "connected")
    .map(({ from, until }) => ({ from, until: until ?? now }));
  const up = without(within(union(connected), recorded), down);
  return { hub, up, down, unseen: within(down, unseen) };
}

function uptimeOf({ up, down, unseen }: Spans): Uptime {
  return {
    up: lengthOf(up),
    down: lengthOf(down),
    outages: down.length,
    longest: down.reduce((most, { from, until }) => Math.max(most, until - from), 0),
    unseen: lengthOf(unseen),
  };
}

function together(all: readonly Spans[], recorded: readonly Gap[]): SharedUptime {
  const down = union(all.flatMap((one) => one.down));
  const up = union(all.flatMap((one) => one.up));
  return {
    ...uptimeOf({ up: without(up, down), down, unseen: union(all.flatMap((one) => one.unseen)) }),
    recorded: lengthOf(recorded),
    downSum: all.reduce((sum, one) => sum + lengthOf(one.down), 0),
    allDown: lengthOf(without(down, up)),
  };
}

/** The parts of `spans` inside of `others`. Both must be results of `union`. */
const within = (spans: readonly Gap[], others: readonly Gap[]): Gap[] =>
  without(spans, without(spans, others));
