import type { DoctorRunModel } from "../../../extension/core/model/types.ts";

/** Unique in a recording: a page counts its own runs. */
export const runKey = ({ page, run }: Pick<DoctorRunModel, "page" | "run">): string => `${page}:${run}`;
