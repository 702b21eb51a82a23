import type { EpochMilliseconds } from "../units.ts";
import { endOf } from "./page-end.ts";
import type { DoctorRunModel, PageModel } from "./types.ts";

/** A page that ended took the doctor's run with it. null: it goes on. */
export const endOfRun = (
  run: DoctorRunModel,
  page: Pick<PageModel, "endedAt" | "unrecordedFrom">,
): EpochMilliseconds | null => run.until ?? endOf(page);
