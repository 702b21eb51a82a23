/** A connection that hangs. See hangs.ts. */
import type { FaultId } from "../ids.ts";
import type { HeldConnections } from "../model/held-connections.ts";
import type { AttemptModel, Downtime, HubConnectionModel, Knowledge, PageModel } from "../model/types.ts";
import type { Wait } from "../model/waits.ts";
import type { EpochMilliseconds, Milliseconds } from "../units.ts";

/** "went-on": the step was answered after all. */
export type HangOutcome =
  "waiting" | "went-on" | "failed" | "stopped-by-app" | "page-ended" | "recording-ended";

/** A step that took longer than client or server would wait for it, or still waits. */
export interface Hang {
  readonly kind: "hang";
  /** Unique in a recording. */
  readonly key: string;
  readonly hubKey: string;
  readonly from: EpochMilliseconds;
  /** null: it still waits. */
  readonly until: EpochMilliseconds | null;
  readonly outcome: HangOutcome;
  readonly knowledge: Knowledge;
  readonly attempts: readonly AttemptModel[];
  /** Faults of Hubscope that cause it. */
  readonly faults: readonly FaultId[];
  /** The interruption or failed start that it belongs to, which tells it. null: a start that hasn't failed, or an open connection. */
  readonly within: Downtime | null;
  readonly wait: Wait;
  /** How long it took, or has taken so far. */
  readonly total: Milliseconds;
  /** The same without the time in which the page was hidden or frozen: what is compared with the limit. */
  readonly length: Milliseconds;
  /** After what time it counts as a hang. */
  readonly limit: Milliseconds;
  /** What the browser's connections to that host were used for while it waited. null: it needs none of them. */
  readonly held: HeldConnections | null;
  readonly hub: HubConnectionModel;
  readonly page: PageModel | null;
}

/** All that has a card of its own: times without a connection, and what hangs. */
export type Trouble = Downtime | Hang;

/** A step that takes long, whether or not it already counts as a hang. */
export interface LongWait {
  readonly hub: HubConnectionModel;
  readonly wait: Wait;
  readonly length: Milliseconds;
}

export interface Watched {
  /** The steps that take long now: at most one of each hub connection. */
  readonly waiting: readonly LongWait[];
  /** In order of time. */
  readonly hangs: readonly Hang[];
}

/** What hangs in an attempt of this interruption or these failed starts, or did before it connected. */
export const hangIn = ({ hangs }: Watched, one: Trouble): Hang | undefined =>
  hangs.findLast(({ within }) => within === one);
