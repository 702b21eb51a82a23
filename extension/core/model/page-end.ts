import type { EpochMilliseconds } from "../units.ts";
import type { PageModel } from "./types.ts";

/** Until when a page is observed: it ended, or its recording did. null: it is still open, as far as known. */
export const endOf = ({
  endedAt,
  unrecordedFrom,
}: Pick<PageModel, "endedAt" | "unrecordedFrom">): EpochMilliseconds | null => endedAt ?? unrecordedFrom;

/** Whether a page is open and recorded. A removed frame isn't, nor is a page in the back-forward cache. */
export const isThere = (page: PageModel): boolean =>
  endOf(page) === null && page.moves.at(-1)?.phase !== "pagehide";

/** Whether faults can be injected into it: they come with a content script, and no worker has one. */
export const takesFaults = (page: PageModel): boolean => isThere(page) && page.started?.worker === undefined;
