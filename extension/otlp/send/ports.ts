/** What a sender is given: the network, the clock, the timers, and chance. */
import type { EpochMilliseconds, Milliseconds } from "../../core/units.ts";

export interface PostRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** JSON. */
  readonly body: string;
  /** Aborts when nobody waits for the answer any more. */
  readonly signal: AbortSignal;
}

export interface HttpAnswer {
  /** 0: it is a redirect whose address isn't told, as in browsers. */
  readonly status: number;
  readonly mediaType: string | null;
  readonly retryAfter: string | null;
  /** Where a redirect leads: scheme, host and port. null: it is none, or it isn't told. */
  readonly redirectsTo: string | null;
  /** Its beginning, if it is long. */
  readonly body: string;
}

/** There was no answer. */
export class NoAnswer extends Error {
  constructor(
    message: string,
    /** Whether another try could end differently: not with a wrong certificate, for example. */
    readonly mayPass: boolean,
  ) {
    super(message);
  }
}

export interface SendPorts {
  /** @throws NoAnswer; anything else counts as one that may pass */
  post(request: PostRequest): Promise<HttpAnswer>;
  now(): EpochMilliseconds;
  /** From 0 to 1. */
  random(): number;
  /** Ends early, without an error, when the signal aborts. */
  sleep(time: Milliseconds, signal: AbortSignal): Promise<void>;
}
