import type { PageId } from "../core/ids.ts";
import type { Scorecard } from "../core/scenarios/scorecard.ts";
import type { Bytes, EpochMilliseconds } from "../core/units.ts";

/** One page of a recording as the list of recordings shows it. */
export interface StoredPage {
  readonly page: PageId;
  /** The top page it belongs to (its own id for a top page). */
  readonly recording: PageId;
  readonly tabId: number;
  /** Counts up with every start of the browser: tab ids mean nothing across it. 0: imported. */
  readonly browserSession: number;
  readonly frameId: number;
  readonly url: string;
  readonly startedAt: EpochMilliseconds;
  readonly lastAt: EpochMilliseconds;
  /** Highest stored seq. */
  readonly storedUpTo: number;
  readonly events: number;
  readonly bytes: Bytes;
  /** Of those that the model can't do without; a page of an older version doesn't tell. */
  readonly needed?: Bytes;
  /** Nothing will be added: its recording ended, whatever the page does. */
  readonly ended?: true;
  readonly hubs: number;
  readonly interruptions: number;
  readonly pinned: boolean;
  /** SignalR connections open at the last word of the page. */
  readonly connections: number;
  /** What was removed of it, oldest first, because it is larger than the limit. */
  readonly letGo?: { readonly payloads: number; readonly events: number };
  /** File name, when it came from a file. */
  readonly imported?: string;
  readonly importedAt?: EpochMilliseconds;
  /** Of the scenarios that were run in it, when it came from a file. */
  readonly scorecard?: Scorecard;
}

/** What is kept for the user besides recordings and settings: own scenarios, and the scorecards of pages. */
export type UserDataName = "scenarios" | "scorecards";
