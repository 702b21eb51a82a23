import type { EventTable, Row } from "../../../extension/core/columns/event-table.ts";
import type { Matcher } from "./match.ts";

/**
 * How many hub messages a row contains, as the model counts them; null: it is no message. Of a counted second only the kinds
 * that match are included.
 */
export function messagesIn(events: EventTable, row: Row, matcher: Matcher | null): number | null {
  const head = events.headOf(row);
  if (head.kind === "message") return head.counted ? 0 : 1;
  if (head.kind !== "counts") return null;
  return head.counts.reduce(
    (sum, part) => sum + (matcher === null || matcher.matchesPart(row, part) ? part.count : 0),
    0,
  );
}
