/** Chromium's trace, with what the benches read of it. Times are in microseconds. */
export interface TraceEvent {
  readonly name: string;
  readonly pid: number;
  readonly tid: number;
  readonly ts: number;
  readonly dur?: number;
  /** The thread's own time, without waiting for a processor. */
  readonly tdur?: number;
  readonly args?: {
    readonly data?: { readonly startTime?: number; readonly url?: unknown };
    readonly fileName?: unknown;
  };
}

export const traceEventsOf = (json: string): TraceEvent[] =>
  (JSON.parse(json) as { traceEvents: TraceEvent[] }).traceEvents;
