/** In the monitor's build in place of `core/diagnosis/evidence.ts`: evidence quotes what servers say, and is not sent. */
import type { Evidence } from "../../../extension/core/diagnosis/verdict.ts";

export const collectEvidence = (): Evidence[] => [];
export const collectStartEvidence = (): Evidence[] => [];
