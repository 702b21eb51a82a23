/** Reports: what is made from the model of the whole recording. */
import type { RecordingModel } from "../core/model/types.ts";
import { omitUndefined } from "../core/omit-undefined.ts";
import { factsOf, type ReportMeta } from "../report/facts/report-facts.ts";
import { writeHtmlReport } from "../report/html-report.tsx";
import { markdownReport } from "../report/markdown-report.ts";
import { textReport } from "../report/text-report.ts";
import type { AboutExport } from "./format-writer.ts";
import type { RecordingSource } from "./recording-source.ts";
import { readWhole } from "./whole-model.ts";

export async function* writeHtml(source: RecordingSource, about: AboutExport): AsyncGenerator<string> {
  const { model, meta } = await reportOf(source, about);
  yield writeHtmlReport(model, { ...meta, style: about.reportStyle });
}

export async function* writeMarkdown(source: RecordingSource, about: AboutExport): AsyncGenerator<string> {
  const { model, meta } = await reportOf(source, about);
  yield markdownReport(factsOf(model, meta));
}

export async function* writeText(source: RecordingSource, about: AboutExport): AsyncGenerator<string> {
  const { model, meta } = await reportOf(source, about);
  yield `${textReport(factsOf(model, meta))}\n`;
}

async function reportOf(
  source: RecordingSource,
  { hubscope, writtenAt, zone, part, warnings }: AboutExport,
): Promise<{ readonly model: RecordingModel; readonly meta: ReportMeta }> {
  const { model } = await readWhole(source);
  return {
    model,
    meta: {
      ...{ hubscope, exportedAt: writtenAt, zone, scorecard: source.scorecard() },
      isPart: part !== undefined,
      ...omitUndefined({ warnings }),
    },
  };
}
