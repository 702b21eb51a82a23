/** OTLP in JSON (https://opentelemetry.io/docs/specs/otlp/#json-protobuf-encoding): numbers of 64 bits are texts, enums are numbers, ids are hex. */

export type AnyValue =
  | { readonly stringValue: string }
  | { readonly boolValue: boolean }
  | { readonly intValue: string }
  | { readonly doubleValue: number }
  | { readonly arrayValue: { readonly values: readonly AnyValue[] } };

export interface KeyValue {
  readonly key: string;
  readonly value: AnyValue;
}

export interface SpanId {
  readonly traceId: string;
  readonly spanId: string;
}

export const INTERNAL = 1;
export const SERVER = 2;
export const CLIENT = 3;

/** 0: unset; 2: error. */
interface Status {
  readonly code: 0 | 2;
  readonly message?: string;
}

export interface Span extends SpanId {
  readonly parentSpanId?: string;
  readonly name: string;
  readonly kind: typeof INTERNAL | typeof SERVER | typeof CLIENT;
  readonly startTimeUnixNano: string;
  readonly endTimeUnixNano: string;
  readonly attributes: readonly KeyValue[];
  readonly links?: readonly SpanId[];
  readonly status: Status;
}

export const INFO = 9;
export const WARN = 13;
export const ERROR = 17;

export interface LogRecord extends Partial<SpanId> {
  readonly timeUnixNano: string;
  readonly observedTimeUnixNano: string;
  readonly severityNumber: typeof INFO | typeof WARN | typeof ERROR;
  readonly severityText: "INFO" | "WARN" | "ERROR";
  readonly eventName: string;
  readonly body: AnyValue;
  readonly attributes: readonly KeyValue[];
}

interface Point {
  readonly startTimeUnixNano: string;
  readonly timeUnixNano: string;
  readonly attributes: readonly KeyValue[];
}
export interface NumberPoint extends Point {
  readonly asInt: string;
}
export interface HistogramPoint extends Point {
  readonly count: string;
  readonly sum: number;
  readonly min: number;
  readonly max: number;
  readonly bucketCounts: readonly string[];
  readonly explicitBounds: readonly number[];
}

/** Since the beginning of the recording. */
export const CUMULATIVE = 2;
/** Since the last request. */
export const DELTA = 1;

export interface Metric {
  readonly name: string;
  readonly description: string;
  readonly unit: string;
  readonly sum?: {
    readonly aggregationTemporality: typeof CUMULATIVE | typeof DELTA;
    readonly isMonotonic: true;
    readonly dataPoints: readonly NumberPoint[];
  };
  readonly histogram?: {
    readonly aggregationTemporality: typeof CUMULATIVE | typeof DELTA;
    readonly dataPoints: readonly HistogramPoint[];
  };
}

export interface Resource {
  readonly attributes: readonly KeyValue[];
}
export interface Scope {
  readonly name: string;
  readonly version: string;
}

export interface TracesRequest {
  readonly resourceSpans: readonly {
    readonly resource: Resource;
    readonly scopeSpans: readonly { readonly scope: Scope; readonly spans: readonly Span[] }[];
  }[];
}
export interface LogsRequest {
  readonly resourceLogs: readonly {
    readonly resource: Resource;
    readonly scopeLogs: readonly { readonly scope: Scope; readonly logRecords: readonly LogRecord[] }[];
  }[];
}
export interface MetricsRequest {
  readonly resourceMetrics: readonly {
    readonly resource: Resource;
    readonly scopeMetrics: readonly { readonly scope: Scope; readonly metrics: readonly Metric[] }[];
  }[];
}

/** Records of one signal, of one page: what a request has in it. */
export type OtlpBatch = { readonly resource: Resource; readonly scope: Scope } & (
  | { readonly signal: "traces"; readonly records: readonly Span[] }
  | { readonly signal: "logs"; readonly records: readonly LogRecord[] }
  | { readonly signal: "metrics"; readonly records: readonly Metric[] }
);

export type OtlpSignal = OtlpBatch["signal"];
