/** The findings of this document as plain JSON. */
import { findIn, isFound, worstFirst } from "../../extension/core/diagnosis/findings/find.ts";
import { FINDINGS } from "../../extension/core/diagnosis/findings/registry.ts";
import type { RecordingModel } from "../../extension/core/model/types.ts";
import type { EpochMilliseconds } from "../../extension/core/units.ts";
import type { Finding } from "./api.ts";

/** @param now the end of what is still going on */
export const findingsIn = (model: RecordingModel, now: EpochMilliseconds): Finding[] =>
  worstFirst(findIn(model, now).filter(isFound)).map(({ id, url, answer }) => {
    const { title, why, link, scenario } = FINDINGS[id];
    const { severity, say, measured, moments, changes } = answer;
    return {
      ...{ id, severity, hub: url, title, say, measured },
      moments: moments.map(({ t, text }) => ({ t, text })),
      ...{ why, advice: changes, link, scenario },
    };
  });
