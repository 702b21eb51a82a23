/**
 * OTLP files: a request in each line, as OpenTelemetry's file exporter writes them. A file has one signal
 * (https://opentelemetry.io/docs/specs/otel/protocol/file-exporter/).
 */
import type { AboutExport, FormatWriter } from "../format-writer.ts";
import type { RecordingSource } from "../recording-source.ts";
import { otlpBatches } from "../../otlp/batches.ts";
import { requestText } from "../../otlp/request-text.ts";
import type { OtlpSignal } from "../../otlp/types.ts";
import { readRecorded } from "./read-recorded.ts";

export const writeOtlp = (signal: OtlpSignal): FormatWriter =>
  async function* (source: RecordingSource, { hubscope }: AboutExport): AsyncGenerator<string> {
    const recorded = await readRecorded(source);
    for (const batch of otlpBatches(recorded, { hubscope, signals: [signal] }))
      yield `${requestText(batch)}\n`;
  };
