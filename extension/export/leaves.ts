import type { RecordedEvent } from "../core/events/events.ts";

/** Whether nothing more is recorded of the page from now on. null: the event says nothing of that. */
export function leaves(event: RecordedEvent): boolean | null {
  if (event.kind === "recording-ended") return true;
  if (event.kind !== "lifecycle") return null;
  return event.phase === "pagehide" ? true : event.phase === "pageshow" ? false : null;
}
