/**
 * OTLP files: a request in each line, as OpenTelemetry's file exporter writes them. A file has one signal
 * (https://opentelemetry.io/docs/specs/otel/protocol/file-exporter/).
 */
import type { AboutExport, FormatWriter } from "../format-writer.ts";
import type { RecordingSource } from "../recording-source.ts";
import { otlpBatches, otlpText, type OtlpSignal } from "./batches.ts";
import { readRecorded } from "./recorded.ts";

export const writeOtlp = (signal: OtlpSignal): FormatWriter =>
  async function* (source: RecordingSource, { hubscope }: AboutExport): AsyncGenerator<string> {
    const recorded = await readRecorded(source);
    for (const batch of otlpBatches(recorded, hubscope, [signal])) yield `${otlpText(batch)}\n`;
  };
