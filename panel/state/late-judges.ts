/**
 * What says why a connection was lost is a third of the model's code, and nothing at first sight asks it: every view that does
 * comes in the same chunk, which hands it over before anything else of it runs.
 */
import type { Judges } from "../../extension/core/model/state.ts";

let judges: Judges | null = null;

export function setJudges(loaded: Judges): void {
  judges = loaded;
}

const loaded = (): Judges => {
  if (!judges) throw new Error("a verdict was asked for before its rules were loaded");
  return judges;
};

export const lateJudges: Judges = {
  judge: (interruption) => loaded().judge(interruption),
  judgeStart: (start) => loaded().judgeStart(start),
};
