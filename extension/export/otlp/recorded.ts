/** What OTLP is made of: the model, and the trace contexts that calls carry. */
import type { PageId } from "../../core/ids.ts";
import type { CallModel, RecordingModel } from "../../core/model/types.ts";
import type { RecordingSource } from "../recording-source.ts";
import { reducerFor } from "../whole-model.ts";
import { traceContextOf, type TraceContext } from "../trace-context.ts";

export interface Recorded {
  readonly model: RecordingModel;
  readonly urls: ReadonlyMap<PageId, string>;
  /** null: it carries none, or it isn't recorded. */
  contextOf(page: PageId, call: CallModel): TraceContext | null;
}

const keyOf = (
  page: PageId,
  { socket, direction, invocationId }: Pick<CallModel, "socket" | "direction" | "invocationId">,
  t: number,
): string => `${page} ${socket} ${direction} ${t} ${invocationId}`;

export async function readRecorded(source: RecordingSource): Promise<Recorded> {
  const reducer = reducerFor(source);
  const urls = new Map<PageId, string>();
  const contexts = new Map<string, TraceContext>();
  for await (const { page, events } of source.read()) {
    urls.set(page.page, page.url);
    reducer.apply(page.page, events);
    for (const event of events) {
      const context = traceContextOf(event);
      if (!context || event.kind !== "message" || event.invocationId === undefined) continue;
      contexts.set(keyOf(page.page, { ...event, invocationId: event.invocationId }, event.t), context);
    }
  }
  return {
    model: reducer.model,
    urls,
    contextOf: (page, call) =>
      contexts.size === 0 ? null : (contexts.get(keyOf(page, call, call.sentAt)) ?? null),
  };
}
