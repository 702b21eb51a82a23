/** The files that a recording can be written to, in the order in which they are offered. The writers are in write-export.ts. */
export type ExportGroup = "report" | "recording" | "tools" | "table";

export interface ExportFormat {
  /** The file extension, without the first dot. */
  readonly kind: string;
  readonly group: ExportGroup;
  readonly title: string;
  readonly description: string;
  readonly mediaType: string;
  /** Whether it contains message payloads, if the user wants them. */
  readonly payloads: boolean;
  readonly gzip?: true;
  /** It needs the trace ids that calls carry, which are in their payloads; nothing else of these. */
  readonly traceContext?: true;
  /** It is a text to paste somewhere. */
  readonly toPaste?: true;
}

export const EXPORT_FORMATS = [
  {
    kind: "html",
    group: "report",
    title: "HTML report",
    description:
      "Timeline, interruptions with evidence, ids and times to match with server logs; never message payloads. Opens in any browser, without Hubscope.",
    mediaType: "text/html",
    payloads: false,
  },
  {
    kind: "md",
    group: "report",
    title: "Markdown",
    description:
      "For an issue: interruptions, findings, ids and times as tables; mentions nobody, and fits GitHub's limit. Never message payloads.",
    mediaType: "text/markdown",
    payloads: false,
    toPaste: true,
  },
  {
    kind: "txt",
    group: "report",
    title: "Text",
    description: "For a chat: what happened, why, and what to look for in the server's logs, on one screen.",
    mediaType: "text/plain",
    payloads: false,
    toPaste: true,
  },
  {
    kind: "json",
    group: "recording",
    title: "Recording",
    description: "All events. Opens in this panel and in other tools.",
    mediaType: "application/json",
    payloads: true,
  },
  {
    kind: "json.gz",
    group: "recording",
    title: "Recording, compressed",
    description: "The same, in about a tenth of the size.",
    mediaType: "application/gzip",
    payloads: true,
    gzip: true,
  },
  {
    kind: "har",
    group: "tools",
    title: "HAR",
    description:
      "The requests and frames of SignalR as a network log. Opens in the Network panel of Chrome and in other tools.",
    mediaType: "application/json",
    payloads: true,
  },
  {
    kind: "trace.json",
    group: "tools",
    title: "Trace events",
    description:
      "States, attempts, calls and messages as tracks. Opens in Perfetto (ui.perfetto.dev) and in Chrome's Performance panel; never message payloads.",
    mediaType: "application/json",
    payloads: false,
  },
  {
    kind: "traces.otlp.jsonl",
    group: "tools",
    title: "OpenTelemetry traces",
    description: "Connections, interruptions, attempts and calls as spans, in OTLP/JSON.",
    mediaType: "application/jsonl",
    payloads: false,
    traceContext: true,
  },
  {
    kind: "logs.otlp.jsonl",
    group: "tools",
    title: "OpenTelemetry logs",
    description:
      "Interruptions with cause and evidence, faults, and what the page went through, in OTLP/JSON.",
    mediaType: "application/jsonl",
    payloads: false,
  },
  {
    kind: "metrics.otlp.jsonl",
    group: "tools",
    title: "OpenTelemetry metrics",
    description: "Messages, bytes, interruptions by cause, recovery times and call durations, in OTLP/JSON.",
    mediaType: "application/jsonl",
    payloads: false,
  },
  {
    kind: "events.csv",
    group: "table",
    title: "Events as CSV",
    description:
      "Each recorded event in a row, in words and figures. Opens in Excel and others; without message payloads.",
    mediaType: "text/csv",
    payloads: false,
  },
  {
    kind: "messages.csv",
    group: "table",
    title: "Messages as CSV",
    description: "Each hub message in a row: hub, type, target, size.",
    mediaType: "text/csv",
    payloads: true,
  },
  {
    kind: "calls.csv",
    group: "table",
    title: "Calls as CSV",
    description: "Each call that expects an answer, what became of it, and how long it took.",
    mediaType: "text/csv",
    payloads: false,
  },
  {
    kind: "interruptions.csv",
    group: "table",
    title: "Interruptions as CSV",
    description: "Each interruption and failed start, with cause, confidence, evidence and recovery time.",
    mediaType: "text/csv",
    payloads: false,
  },
] as const satisfies readonly ExportFormat[];

export type ExportKind = (typeof EXPORT_FORMATS)[number]["kind"];

/** @param kind one of the table, so there is always one */
export const formatOf = (kind: ExportKind): ExportFormat =>
  EXPORT_FORMATS.find((format) => format.kind === kind) ?? EXPORT_FORMATS[0];
