/** What is told of an interruption or a failed start: names, numbers and times, no text of the page or of a server. */
import type { CauseName, Confidence, ObstacleName } from "../../../extension/core/diagnosis/verdict.ts";
import type { SocketId } from "../../../extension/core/ids.ts";
import type {
  FailedStartOutcome,
  InterruptionOutcome,
  Knowledge,
} from "../../../extension/core/model/types.ts";
import type { EpochMilliseconds } from "../../../extension/core/units.ts";

export interface Trouble {
  readonly kind: "interruption" | "failed-start";
  /** Unique among those of one judge. */
  readonly key: string;
  readonly hubUrl: string;
  readonly from: EpochMilliseconds;
  /** null: it goes on. */
  readonly until: EpochMilliseconds | null;
  readonly outcome: InterruptionOutcome | FailedStartOutcome;
  readonly recovered: boolean;
  /** null: the script that finds causes was not there. */
  readonly verdict: TroubleVerdict | null;
  readonly attempts: number;
  /** The lost transport connection. */
  readonly socket: SocketId | null;
}

export interface TroubleVerdict {
  readonly cause: CauseName;
  readonly confidence: Confidence;
  readonly knowledge: Knowledge;
  readonly obstacle: ObstacleName | null;
  /** Of the newest try that was answered with an error. */
  readonly status: number | null;
  readonly clientVersion: string | null;
  /** Whether the tab was hidden at the loss. */
  readonly hidden: boolean;
  readonly connectionIds: { readonly before: string | null; readonly after: string | null };
}
