import type { RecordedEvent } from "../../extension/core/events/events.ts";

const BY_PROBE: readonly RecordedEvent["kind"][] = ["hub", "hub-state", "hub-lost", "retry"];

/** Removes what the client probe found, if the probe is off. Until the hook knows the mode, it uses the probe. */
export const withoutProbe = (event: RecordedEvent): RecordedEvent | null =>
  event.kind === "page" ? { ...event, probe: false } : BY_PROBE.includes(event.kind) ? null : event;
