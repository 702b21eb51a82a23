/** Whether a recording is whole: what the page received must be stored, counted or noted as dropped. Pure. */
import type { RecordedEvent } from "../../../extension/core/events/events.ts";

const INVOCATION = 1;

export interface Audit {
  pages: number;
  events: number;
  /** Invocations from the server: stored one by one, or in a counted second. */
  invocations: number;
  /** Events that the recording itself says it lost. */
  dropped: number;
  /** Numbers that are missing in the order of events. */
  missing: number;
  /** Connections that were lost and opened again. */
  reconnects: number;
}

export interface AuditWriter {
  readonly audit: Audit;
  /** The events of another page follow. */
  beginPage(): void;
  /** In order of `seq`. */
  add(event: RecordedEvent): void;
}

export function createAudit(): AuditWriter {
  const audit: Audit = { pages: 0, events: 0, invocations: 0, dropped: 0, missing: 0, reconnects: 0 };
  let last = 0;
  return {
    audit,
    beginPage() {
      audit.pages++;
      last = 0;
    },
    add(event) {
      audit.events++;
      audit.missing += event.seq - last - 1;
      last = event.seq;
      // A message with `counted` is one of the last ones of a counted second, kept for a closer look.
      if (event.kind === "message" && event.counted !== true)
        audit.invocations += event.direction === "in" && event.type === INVOCATION ? 1 : 0;
      else if (event.kind === "counts") {
        for (const { direction, type, count } of event.counts)
          if (direction === "in" && type === INVOCATION) audit.invocations += count;
      } else if (event.kind === "dropped") audit.dropped += event.count;
      else if (event.kind === "hub-state" && event.from === "Reconnecting" && event.to === "Connected")
        audit.reconnects++;
    },
  };
}
