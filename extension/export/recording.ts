/** The recording itself as a file. */
import type { PageId } from "../core/ids.ts";
import { createRecordingWriter } from "../core/recording/recording-file.ts";
import type { AboutExport } from "./format-writer.ts";
import type { RecordingSource } from "./recording-source.ts";

export async function* writeRecording(
  source: RecordingSource,
  { hubscope, writtenAt }: AboutExport,
): AsyncGenerator<string> {
  const writer = createRecordingWriter({ hubscope, exportedAt: new Date(writtenAt).toISOString() });
  yield writer.begin();
  let of: PageId | null = null;
  for await (const { page, events } of source.read()) {
    if (page.page !== of) yield (of === null ? "" : writer.endPage()) + writer.beginPage(page);
    of = page.page;
    yield writer.events(events);
  }
  yield (of === null ? "" : writer.endPage()) + writer.end(source.scorecard());
}
