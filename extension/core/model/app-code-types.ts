/** What the model knows of the app's own code. Types only. */
import type { CallSite, Mistake } from "../events/app-events.ts";
import type { EpochMilliseconds } from "../units.ts";

/** One kind of mistake at one target, however often it happened. */
export interface MistakeModel {
  readonly mistake: Mistake;
  /** In lower case where the client says so. null: it isn't about a call or message. */
  readonly target: string | null;
  /** How often; for handlers, how many there were at the last look. */
  count: number;
  readonly from: EpochMilliseconds;
  until: EpochMilliseconds;
  /** The newest one. */
  error: string | null;
  stack: string | null;
}

/** A place in the page's code that starts or stops a connection. */
export interface CallSiteModel {
  readonly method: CallSite["method"];
  readonly stack: string;
}
