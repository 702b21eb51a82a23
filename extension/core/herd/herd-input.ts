/**
 * What the simulation is given. Times are whole milliseconds, counted from the first loss.
 *
 * The clients behave like those of @microsoft/signalr: the first delay counts from the loss, the next ones from the end of the
 * failed attempt, and when the policy returns null the connection is Disconnected for good, unless the app calls start() itself.
 */
import type { Milliseconds } from "../units.ts";

/** "full": anything from 0 to the delay. "equal": anything from half of it to all of it. */
export const JITTERS = ["none", "full", "equal"] as const;
export type Jitter = (typeof JITTERS)[number];

/** A list as for `withAutomaticReconnect([…])`. An empty one: no automatic reconnect. */
export interface ListPolicy {
  readonly kind: "list";
  readonly delays: readonly Milliseconds[];
  /** After the last delay: "give-up", as the client does with a list, or "repeat" the last one, as only an IRetryPolicy can. */
  readonly then: "give-up" | "repeat";
  readonly jitter: Jitter;
}

/** base, 2 × base, 4 × base, … up to the cap, which is then repeated. */
export interface ExponentialPolicy {
  readonly kind: "exponential";
  readonly base: Milliseconds;
  readonly cap: Milliseconds;
  /** null: it never gives up. */
  readonly attempts: number | null;
  readonly jitter: Jitter;
}

/** The same delay before each attempt: for example of an app that calls start() in onclose. */
export interface FixedPolicy {
  readonly kind: "fixed";
  readonly delay: Milliseconds;
  readonly attempts: number | null;
  readonly jitter: Jitter;
}

export type HerdPolicy = ListPolicy | ExponentialPolicy | FixedPolicy;

/** "drained": one after the other, evenly over a window. "region": a share of them at once. */
export type HerdLoss =
  | { readonly kind: "at-once" }
  | { readonly kind: "drained"; readonly over: Milliseconds }
  | { readonly kind: "region"; readonly share: number };

export interface HerdInput {
  readonly clients: number;
  readonly loss: HerdLoss;
  readonly policy: HerdPolicy;
  /** The app calls start() this long after the policy has given up, and again this long after each start() that fails. */
  readonly restartAfter: Milliseconds | null;
  /** Until then every attempt is refused, as the server isn't there. 0: it is there all the time. */
  readonly restartTime: Milliseconds;
  /**
   * A token bucket: it holds `burst` negotiates, full at first, and is filled at the rate. A negotiate that finds it empty is
   * refused (429). null: no limit.
   */
  readonly negotiates: { readonly perSecond: number; readonly burst: number } | null;
  /** Connections at once; above, attempts are refused. null: no limit. */
  readonly capacity: number | null;
  /**
   * Each attempt first gets an access token. Above the rate, calls wait in one queue in the order of their arrival, or are refused
   * by a token bucket that holds one second's calls. null: tokens take no time.
   */
  readonly tokens: { readonly perSecond: number; readonly overload: "queue" | "refuse" } | null;
  /** From the accepted negotiate to Connected: uniform from … to. */
  readonly connectTime: { readonly from: Milliseconds; readonly to: Milliseconds };
  /** From the beginning of a refused attempt to its end. */
  readonly refusalTime: Milliseconds;
  readonly seed: number;
  /** The simulation ends here at the latest. */
  readonly horizon: Milliseconds;
}
