/**
 * Determines why a connection was lost or could not be established. The model itself has no verdicts. Later events may change a
 * verdict, so it is cached only until the page has new events.
 */
import { reduced } from "../model/reduced.ts";
import type { Downtime } from "../model/types.ts";
import { judge, judgeStart } from "./judge.ts";
import type { Verdict } from "./verdict.ts";

const remembered = new WeakMap<Downtime, { readonly applied: number; readonly verdict: Verdict }>();

/** @param downtime from the model of a reducer; anything else is a TypeError */
export function verdictOf(downtime: Downtime): Verdict {
  const state = reduced(downtime);
  const { applied } = state.lane.page;
  const known = remembered.get(downtime);
  if (known?.applied === applied) return known.verdict;
  const verdict = state.kind === "interruption" ? judge(state) : judgeStart(state);
  remembered.set(downtime, { applied, verdict });
  return verdict;
}
