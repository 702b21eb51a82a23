import type { EpochMilliseconds } from "../units.ts";
import type { PageModel } from "./types.ts";

/** Until when something is known of a page: it went, or its recording ended. null: it is there, as far as known. */
export const endOf = ({
  endedAt,
  unrecordedFrom,
}: Pick<PageModel, "endedAt" | "unrecordedFrom">): EpochMilliseconds | null => endedAt ?? unrecordedFrom;

/**
 * A page that was left, a frame that was taken away and one that is no longer recorded are not there; nor is one that waits in the
 * back-forward cache.
 */
export const isThere = (page: PageModel): boolean =>
  endOf(page) === null && page.moves.at(-1)?.phase !== "pagehide";
