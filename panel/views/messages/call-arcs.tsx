import type { CallModel } from "../../../extension/core/model/types.ts";
import { chooseArcs, type Ends } from "./arcs.ts";
import { isGap, type MessageList } from "../../state/messages/message-list.ts";
import type { ModelContext } from "../../state/messages/row-context.ts";

const ROW = 20;

/** From an invocation to its completion, in the column before the time. */
export function CallArcs({
  list,
  context,
  first,
  last,
  y,
  selected,
}: {
  list: MessageList;
  context: ModelContext;
  first: number;
  last: number;
  y: (row: number) => number;
  selected: CallModel | null;
}) {
  const seen = new Map<CallModel, { from: number | null; to: number | null }>();
  for (let i = first; i < last; i++) {
    const row = list.at(i);
    if (!row || isGap(row) || row.event.kind !== "message") continue;
    const call = context.callOf(row.row);
    if (!call) continue;
    const ends = seen.get(call) ?? { from: null, to: null };
    const opens = row.event.type === 1 || row.event.type === 4;
    seen.set(call, opens ? { ...ends, from: i } : { ...ends, to: i });
  }
  const candidates: Ends<CallModel>[] = [];
  for (const [call, { from, to }] of seen) {
    if (from !== null && to !== null) candidates.push({ call, from, to });
    else if (call === selected && call.fate !== "lost" && call.endedAt !== null)
      candidates.push({ call, from: from ?? first - 1, to: to ?? last });
  }
  return (
    <svg class="arcs" width="20" height={Math.max(0, y(last) + ROW)} aria-hidden="true">
      {chooseArcs(candidates, selected).map(({ call, from, to }) => (
        <path
          key={`${call.socket}:${call.direction}:${call.invocationId}`}
          class={call === selected ? "arc" : "arc other"}
          d={`M18 ${y(from) + ROW / 2}h-5a3 3 0 0 0-3 3V${y(to) + ROW / 2 - 3}a3 3 0 0 0 3 3h5`}
        />
      ))}
    </svg>
  );
}
