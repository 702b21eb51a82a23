/** Reports: what is made from the model of the whole recording. */
import { createReducer } from "../core/model/reducer.ts";
import type { RecordingModel } from "../core/model/types.ts";
import { writeHtmlReport } from "../report/html-report.tsx";
import type { AboutExport } from "./format-writer.ts";
import type { RecordingSource } from "./recording-source.ts";

export async function* writeHtml(source: RecordingSource, about: AboutExport): AsyncGenerator<string> {
  const model = await reduced(source);
  const { hubscope, writtenAt, zone, reportStyle: style } = about;
  yield writeHtmlReport(model, {
    ...{ hubscope, exportedAt: writtenAt, scorecard: source.scorecard(), style, zone },
  });
}

async function reduced(source: RecordingSource): Promise<RecordingModel> {
  const reducer = createReducer();
  for await (const { page, events } of source.read()) reducer.apply(page.page, events);
  return reducer.model;
}
