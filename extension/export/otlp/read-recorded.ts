/** A whole recording, as OTLP needs it. */
import type { PageId } from "../../core/ids.ts";
import { createTraceContexts, type Recorded } from "../../otlp/recorded.ts";
import type { RecordingSource } from "../recording-source.ts";
import { reducerFor } from "../whole-model.ts";

export async function readRecorded(source: RecordingSource): Promise<Recorded> {
  const reducer = reducerFor(source);
  const urls = new Map<PageId, string>();
  const contexts = createTraceContexts();
  for await (const { page, events } of source.read()) {
    urls.set(page.page, page.url);
    reducer.apply(page.page, events);
    contexts.add(page.page, events);
  }
  return { model: reducer.model, urls, contextOf: contexts.contextOf };
}
