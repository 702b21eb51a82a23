import type { LogRow } from "../event-log.ts";
import type { Matcher } from "./match.ts";

/**
 * How many hub messages a row contains, as the model counts them; null: it is no message. Of a counted second only the kinds
 * that match are included.
 */
export function messagesIn({ page, event }: LogRow, passes: Matcher): number | null {
  if (event.kind === "message") return event.counted ? 0 : 1;
  if (event.kind !== "counts") return null;
  return event.counts.reduce(
    (sum, part) => sum + (passes({ page, event: { ...event, counts: [part] } }) ? part.count : 0),
    0,
  );
}
