import type { PageId } from "../core/ids.ts";
import type { Scorecard } from "../core/scenarios/scorecard.ts";
import type { Bytes, EpochMilliseconds } from "../core/units.ts";

/** One page of a recording as the list of recordings shows it. */
export interface StoredPage {
  readonly page: PageId;
  /** The top page it belongs to (its own id for a top page). */
  readonly recording: PageId;
  readonly tabId: number;
  /** Incremented with every start of the browser, as tab ids are only valid within one session. 0: imported. */
  readonly browserSession: number;
  readonly frameId: number;
  readonly url: string;
  readonly startedAt: EpochMilliseconds;
  readonly lastAt: EpochMilliseconds;
  /** Highest stored seq. */
  readonly storedUpTo: number;
  readonly events: number;
  readonly bytes: Bytes;
  /** Size of the events that the model needs; absent for pages that an older version stored. */
  readonly needed?: Bytes;
  /** Its recording has ended: nothing will be added. */
  readonly ended?: true;
  readonly hubs: number;
  readonly interruptions: number;
  readonly pinned: boolean;
  /** Open SignalR connections in the page's last message. */
  readonly connections: number;
  /** Chromium: when it was last heard of, it was loaded in case the user goes to it, and its tab showed another page. */
  readonly prerendering?: true;
  /** How much was removed from it because of the size limit, oldest first. (The name is part of the stored format.) */
  readonly letGo?: { readonly payloads: number; readonly events: number };
  /** File name, when it came from a file. */
  readonly imported?: string;
  readonly importedAt?: EpochMilliseconds;
  /** The file is still being read: more events will come. */
  readonly importing?: true;
  /** Of the scenarios that were run in it, when it came from a file. */
  readonly scorecard?: Scorecard;
}

/** User data besides recordings and settings: own scenarios, the scorecards of pages, findings marked as done or ignored, when findings were found, and kept resilience scorecards. */
export type UserDataName = "scenarios" | "scorecards" | "findings" | "findings-seen" | "baselines";
