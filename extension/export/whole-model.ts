/** The model of a whole recording, for formats that tell what became of something: a call, a connection. */
import type { PageId } from "../core/ids.ts";
import { createReducer, type Reducer } from "../core/model/reducer.ts";
import type { RecordingModel } from "../core/model/types.ts";
import type { PageHead } from "../core/recording/recording-reader.ts";
import type { RecordingSource } from "./recording-source.ts";

export interface WholeRecording {
  /** Without payloads. */
  readonly model: RecordingModel;
  readonly pages: ReadonlyMap<PageId, PageHead>;
}

/** With room for all events: an array that grows is copied, and the copies are much of what a long recording needs. */
export function reducerFor({ events = 0 }: RecordingSource): Reducer {
  const reducer = createReducer();
  reducer.model.events.reserve(events);
  return reducer;
}

export async function readWhole(source: RecordingSource): Promise<WholeRecording> {
  const reducer = reducerFor(source);
  const pages = new Map<PageId, PageHead>();
  for await (const { page, events } of source.read()) {
    pages.set(page.page, page);
    reducer.apply(page.page, events);
  }
  return { model: reducer.model, pages };
}
