/** What is sent, and what became of it. */
import type { OtlpSignal } from "../types.ts";

export interface Payload {
  readonly signal: OtlpSignal;
  /** JSON of a request. */
  readonly body: string;
  /** How many are in it: spans, log records or data points. */
  readonly records: number;
  /** The same as two, for a collector that finds it too large. Empty: it can't be divided. */
  halves?(): readonly Payload[];
}

/** Records. */
export interface SentCounts {
  /** The collector has taken them. */
  accepted: number;
  /** The collector has refused them, or its answer doesn't show that it has taken them. */
  rejected: number;
  /** Not sent: there was no room left in the queue, or the collector couldn't be reached. */
  dropped: number;
}

/** Why something wasn't accepted, or what the collector says beside it. */
export interface SendProblem {
  readonly kind: "rejected" | "unreachable" | "warning";
  readonly url: string;
  /** null: there was no answer. */
  readonly status: number | null;
  readonly message: string;
}

export interface Sent extends Readonly<Record<OtlpSignal, Readonly<SentCounts>>> {
  /** No two with the same message, and not more than some. */
  readonly problems: readonly SendProblem[];
}
