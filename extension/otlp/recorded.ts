/** What OTLP is made of: the model, and the trace contexts that calls carry. */
import { traceContextOf, type TraceContext } from "../core/events/trace-context.ts";
import type { RecordedEvent } from "../core/events/events.ts";
import type { PageId } from "../core/ids.ts";
import type { CallModel, RecordingModel } from "../core/model/types.ts";

export interface Recorded extends Pick<TraceContexts, "contextOf"> {
  readonly model: RecordingModel;
  readonly urls: ReadonlyMap<PageId, string>;
}

export interface TraceContexts {
  add(page: PageId, events: readonly RecordedEvent[]): void;
  /** null: it carries none, or it isn't recorded. */
  contextOf(page: PageId, call: CallModel): TraceContext | null;
}

const keyOf = (
  page: PageId,
  { socket, direction, invocationId }: Pick<CallModel, "socket" | "direction" | "invocationId">,
  t: number,
): string => `${page} ${socket} ${direction} ${t} ${invocationId}`;

export function createTraceContexts(): TraceContexts {
  const contexts = new Map<string, TraceContext>();
  return {
    add(page, events) {
      for (const event of events) {
        const context = traceContextOf(event);
        if (!context || event.kind !== "message" || event.invocationId === undefined) continue;
        contexts.set(keyOf(page, { ...event, invocationId: event.invocationId }, event.t), context);
      }
    },
    contextOf: (page, call) =>
      contexts.size === 0 ? null : (contexts.get(keyOf(page, call, call.sentAt)) ?? null),
  };
}
