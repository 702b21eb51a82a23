/**
 * Determines why a connection was lost or could not be established. The model itself has no verdicts. Later events may change a
 * verdict, so it is cached only until the page has new events.
 */
import { reduced } from "../model/reduced.ts";
import type { Downtime } from "../model/types.ts";
import { cachedUntilNewEvents } from "./cached-until-new-events.ts";
import { judge, judgeStart } from "./judge.ts";
import type { Verdict } from "./verdict.ts";

/** Takes an interruption or failed start from the model of a reducer; anything else is a TypeError. */
export const verdictOf = cachedUntilNewEvents(
  (downtime: Downtime) => reduced(downtime).lane,
  (downtime): Verdict => {
    const state = reduced(downtime);
    return state.kind === "interruption" ? judge(state) : judgeStart(state);
  },
);
