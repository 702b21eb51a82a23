/** The model of a whole recording, for formats that tell what became of something: a call, a connection. */
import type { PageId } from "../core/ids.ts";
import { createReducer } from "../core/model/reducer.ts";
import type { RecordingModel } from "../core/model/types.ts";
import type { PageHead } from "../core/recording/recording-reader.ts";
import type { RecordingSource } from "./recording-source.ts";

export interface WholeRecording {
  /** Without payloads. */
  readonly model: RecordingModel;
  readonly pages: ReadonlyMap<PageId, PageHead>;
}

export async function readWhole(source: RecordingSource): Promise<WholeRecording> {
  const reducer = createReducer();
  const pages = new Map<PageId, PageHead>();
  for await (const { page, events } of source.read()) {
    pages.set(page.page, page);
    reducer.apply(page.page, events);
  }
  return { model: reducer.model, pages };
}
