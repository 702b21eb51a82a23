import type { RecordedEvent } from "../../extension/core/events/events.ts";

const BY_PROBE: readonly RecordedEvent["kind"][] = ["hub", "hub-state", "hub-lost", "retry"];

/** What is left of an event where the page's clients aren't to be watched. Until it is told the hook doesn't know. */
export const withoutProbe = (event: RecordedEvent): RecordedEvent | null =>
  event.kind === "page" ? { ...event, probe: false } : BY_PROBE.includes(event.kind) ? null : event;
