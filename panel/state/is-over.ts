import type { RecordingEnded } from "../../extension/core/events/events.ts";
import { isThere } from "../../extension/core/model/page-end.ts";
import type { RecordingModel } from "../../extension/core/model/types.ts";
import type { PageId } from "../../extension/core/ids.ts";
import type { EpochMilliseconds } from "../../extension/core/units.ts";
import type { TabGone } from "./source.ts";

/** The recording of a worker may end while its page goes on. */
type OfWorker = "devtools-closed" | "page-left" | "worker-silent";

const isOfWorker = (reason: RecordingEnded["reason"] | null): reason is OfWorker =>
  reason === "devtools-closed" || reason === "page-left" || reason === "worker-silent";

/**
 * Whether all documents of the recording have ended, are in the back/forward cache, or are no longer recorded. If only workers
 * were recorded, their page may still be there.
 */
export const isOver = ({ pages }: RecordingModel): boolean =>
  pages.length > 0 &&
  !pages.some(isThere) &&
  !pages.every(({ unrecordedBecause }) => isOfWorker(unrecordedBecause));

/** How a finished recording ended. */
export interface Ending {
  readonly recording: PageId;
  /** The page was left, its recording ended while it stayed open, or its tab is gone. */
  readonly why: "left" | Exclude<RecordingEnded["reason"], OfWorker> | TabGone;
  readonly at: EpochMilliseconds;
}

/** null: it is not over. Frames may have ended before; if one document stays open unrecorded, the tab still shows that page. */
export function endingOf(recording: PageId, model: RecordingModel): Ending | null {
  if (!isOver(model)) return null;
  let ending: Ending = { recording, why: "left", at: model.to };
  for (const { endedAt, unrecordedFrom, unrecordedBecause } of model.pages)
    if (
      endedAt === null &&
      unrecordedFrom !== null &&
      unrecordedBecause !== null &&
      !isOfWorker(unrecordedBecause)
    )
      ending = { recording, why: unrecordedBecause, at: unrecordedFrom };
  return ending;
}

/** Why no fault can be injected. */
export const CANT_BREAK: Readonly<Record<Ending["why"], string>> = {
  left: "The page unloaded: inject faults once the next page uses SignalR.",
  "switched-off": "Recording was turned off: turn it on to inject faults.",
  "probe-switched": "The client probe was turned on or off: inject faults in the next recording.",
  "too-large": "This recording became too large: inject faults in the next recording.",
  "tab-closed": "The tab was closed: there is no page to be broken.",
  unreachable: "The page can't be reached.",
  discarded: "The browser discarded the tab.",
};
