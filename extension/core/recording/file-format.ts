/** The recording as a file, and its limits. docs/recording-format.md describes it. */
import type { RecordedEvent } from "../events/events.ts";
import type { PageId } from "../ids.ts";
import type { Scorecard } from "../scenarios/scorecard.ts";
import type { Bytes } from "../units.ts";

export const RECORDING_FORMAT = "hubscope-recording";

/** A larger file is rejected before it is read: the panel couldn't show it. */
export const LARGEST_FILE: Bytes = 512 * 1024 * 1024;

/** Limits the pages: the top page and all frames that ever existed. */
export const MAX_PAGES = 1_000;

/** Events that are not in order are sorted in memory: at most those in a text of this length. */
export const LONGEST_TO_SORT = 128_000_000;
export const TOO_MANY_TO_SORT = "its events are not in order, and there are too many to be sorted";

export interface FilePage {
  readonly page: PageId;
  /** The top page of the recording. */
  readonly recording: PageId;
  readonly url: string;
  readonly events: readonly RecordedEvent[];
}

export interface RecordingFile {
  readonly format: typeof RECORDING_FORMAT;
  readonly version: number;
  readonly exportedAt: string;
  /** Version of Hubscope that wrote it. */
  readonly hubscope: string;
  readonly pages: readonly FilePage[];
  /** Of scenarios that were run in it. */
  readonly scorecard?: Scorecard;
}
