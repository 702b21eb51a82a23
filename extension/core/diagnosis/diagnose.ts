/**
 * Determines why a connection was lost or could not be established. The model itself has no verdicts. Later events may change a
 * verdict, so it is cached only until the page has new events.
 */
import { reduced } from "../model/reduced.ts";
import type { Downtime } from "../model/types.ts";
import { cachedUntilNewEvents } from "./cached-until-new-events.ts";
import type { Trouble } from "./hang.ts";
import { judgeHang } from "./judge-hang.ts";
import { judge, judgeStart } from "./judge.ts";
import type { Verdict } from "./verdict.ts";

const ofDowntime = cachedUntilNewEvents(
  (downtime: Downtime) => reduced(downtime).lane,
  (downtime): Verdict => {
    const state = reduced(downtime);
    return state.kind === "interruption" ? judge(state) : judgeStart(state);
  },
);

/** Takes an interruption or failed start from the model of a reducer (anything else is a TypeError), or a hang. */
export const verdictOf = Object.assign(
  (one: Trouble): Verdict => (one.kind === "hang" ? judgeHang(one) : ofDowntime(one)),
  {
    /** What was found last, even if there are new events since then; undefined: nothing yet. */
    last: (one: Trouble): Verdict | undefined =>
      one.kind === "hang" ? judgeHang(one) : ofDowntime.last(one),
    /** Whether there are no new events since then. */
    isCurrent: (one: Trouble): boolean => one.kind === "hang" || ofDowntime.isCurrent(one),
  },
);
