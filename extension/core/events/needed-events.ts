import { CLOSE, SEQUENCE } from "../protocol/terms.ts";
import type { RecordedEvent } from "./events.ts";

/**
 * Whether the model can't do without an event. Where room runs out, the others go first: messages, but for Close and Sequence,
 * which change what a connection is; counts of messages; long tasks.
 */
export const isNeeded = (event: RecordedEvent): boolean =>
  event.kind === "message"
    ? event.type === CLOSE || event.type === SEQUENCE
    : event.kind !== "counts" && event.kind !== "long-task";
