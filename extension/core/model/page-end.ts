import type { EpochMilliseconds } from "../units.ts";
import type { PageModel } from "./types.ts";

/** Until when something is known of a page: it went, or its recording ended. null: it is there, as far as known. */
export const endOf = ({
  endedAt,
  unrecordedFrom,
}: Pick<PageModel, "endedAt" | "unrecordedFrom">): EpochMilliseconds | null => endedAt ?? unrecordedFrom;
