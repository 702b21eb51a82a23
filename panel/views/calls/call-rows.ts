/** Calls of a recording as rows that can be sorted. Pure. */
import { queuedCalls, type Queued } from "../../../extension/core/diagnosis/call-queue.ts";
import { hubName } from "../../../extension/core/model/hub-name.ts";
import type { CallModel, HubConnectionModel, RecordingModel } from "../../../extension/core/model/types.ts";
import type { Condition, Filter } from "../../state/messages/filter.ts";
import { within } from "../../state/messages/filter-values.ts";
import { momentOf } from "../../state/messages/match.ts";

export interface CallRow {
  readonly call: CallModel;
  readonly hub: HubConnectionModel;
}

/** The calls that waited for a slower one. */
export function queuedIn({ hubs, pages }: RecordingModel): ReadonlyMap<CallModel, Queued> {
  return new Map(
    hubs.flatMap((hub) => [...queuedCalls(hub, pages.find(({ id }) => id === hub.page) ?? null)]),
  );
}

export const COLUMNS = ["time", "target", "fate", "latency", "hub"] as const;
export type CallColumn = (typeof COLUMNS)[number];

export interface CallOrder {
  readonly by: CallColumn;
  readonly down: boolean;
}

const FATES = { lost: 0, failed: 1, pending: 2, unknown: 3, cancelled: 4, completed: 5 } as const;

export const latencyOf = ({ sentAt, endedAt }: CallModel): number | null =>
  endedAt === null ? null : endedAt - sentAt;

function compare(a: CallRow, b: CallRow, by: CallColumn): number {
  switch (by) {
    case "time":
      return a.call.sentAt - b.call.sentAt;
    case "target":
      return a.call.target.localeCompare(b.call.target);
    case "fate":
      return FATES[a.call.fate] - FATES[b.call.fate];
    case "latency":
      return (latencyOf(a.call) ?? Infinity) - (latencyOf(b.call) ?? Infinity) || 0;
    case "hub":
      return hubName(a.hub).localeCompare(hubName(b.hub));
  }
}

/** @param since calls before it were cleared */
export function callRows(
  model: RecordingModel,
  { by, down }: CallOrder,
  filter: Filter,
  since = 0,
): CallRow[] {
  const tokens = filter.tokens.filter((token) => token.problem === null && token.any.length > 0);
  const passes = (row: CallRow): boolean =>
    tokens.every(({ negated, any }) => {
      const known = any.map((condition) => holds(condition, row, model.from)).filter((one) => one !== null);
      return known.length === 0 || known.some(Boolean) !== negated;
    });
  const rows = model.hubs
    .flatMap((hub) => hub.calls.map((call): CallRow => ({ call, hub })))
    .filter((row) => row.call.sentAt >= since && passes(row));
  const sign = down ? -1 : 1;
  return rows.sort((a, b) => sign * compare(a, b, by) || a.call.sentAt - b.call.sentAt);
}

/** null: the condition doesn't apply to calls. */
function holds(condition: Condition, { call, hub }: CallRow, begin: number): boolean | null {
  switch (condition.key) {
    case "hub":
      return hub.path.toLowerCase().includes(condition.value);
    case "target":
    case "text":
      return call.target.toLowerCase().includes(condition.value.replaceAll("*", ""));
    case "dir":
      return call.direction === condition.value;
    case "is":
      if (condition.value === "lost" || condition.value === "pending") return call.fate === condition.value;
      return condition.value === "error" ? call.fate === "failed" : null;
    case "latency": {
      const latency = latencyOf(call);
      return latency !== null && within(latency, condition.bound);
    }
    case "from":
      return call.sentAt >= momentOf(condition, begin);
    case "to":
      return call.sentAt <= momentOf(condition, begin);
    case "type":
    case "kind":
    case "size":
      return null;
  }
}
