import { CLOSE, SEQUENCE } from "../protocol/terms.ts";
import type { RecordedEvent } from "./events.ts";

/**
 * Whether the model needs an event. When space runs out, the others are removed first: messages except Close and Sequence,
 * which change the connection's state; counts of messages; long tasks.
 */
export const isNeeded = (event: RecordedEvent): boolean =>
  event.kind === "message"
    ? event.type === CLOSE || event.type === SEQUENCE
    : event.kind !== "counts" && event.kind !== "long-task";
