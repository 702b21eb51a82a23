/** What browsers and computers do to a page. */
import type { Facts } from "../../diagnosis/facts.ts";
import type { CauseRecipe } from "../recipes.ts";
import type { Break } from "../reproduction.ts";
import { bounded } from "../times.ts";
import { AT_ONCE } from "./on-the-way.ts";

function suspended(time: number, what: string): Break {
  const { time: length, differs } = bounded(time, { min: 2_000, max: 60_000 }, what);
  return {
    faults: [{ name: "suspend", duration: length }],
    lostWithin: length + AT_ONCE,
    differs,
  };
}

const silenceOf = ({ silenceIn, standstill, clockJump }: Facts): number =>
  Math.max(standstill?.length ?? 0, clockJump?.by ?? 0, silenceIn ?? 0);

export const AT_THE_TAB = {
  "tab-frozen": {
    faults: ["suspend"],
    causes: ["tab-frozen"],
    differs: [],
    make: (facts) =>
      suspended(
        facts.frozen ? (facts.frozen.until ?? facts.t) - facts.frozen.from : silenceOf(facts),
        "The tab was frozen for",
      ),
  },
  asleep: {
    faults: ["suspend", "block-main-thread"],
    causes: ["tab-frozen", "asleep"],
    differs: ["The computer, the browser or the page stood still; here it is only the page."],
    make(facts) {
      const { blocked, serverTimeout } = facts;
      if (blocked && blocked.duration >= serverTimeout * 0.8 && blocked.duration <= 60_000)
        return {
          ...{ faults: [{ name: "block-main-thread", duration: Math.ceil(blocked.duration) }] },
          ...{ lostWithin: blocked.duration + AT_ONCE, causes: ["asleep"] },
        };
      return suspended(silenceOf(facts), "It stood still for");
    },
  },
} as const satisfies Record<string, CauseRecipe>;
