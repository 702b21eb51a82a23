/** Looks for findings again and again as a recording grows, without ever taking more than a small part of the time. */
import type { Milliseconds } from "../../../extension/core/units.ts";

const LEAST: Milliseconds = 1_000;
/** One part of so many. */
const PART = 20;

export interface LookAgain {
  /** There is something new. While it is being looked at, and for a while after that, it waits. */
  wanted(): void;
  /** What is being looked at, or waits, doesn't count any more. */
  forget(): void;
}

/** @param look resolves with the computing time that it took; `isStale`: its result doesn't count any more */
export function lookAgain(look: (isStale: () => boolean) => Promise<Milliseconds>): LookAgain {
  let timer: ReturnType<typeof setTimeout> | null = null;
  let turn = 0;
  let looking: number | null = null;
  let notBefore = 0;
  /** How often something was new, and how much of it has been looked at. */
  let news = 0;
  let seen = 0;
  const begin = async (): Promise<void> => {
    timer = null;
    seen = news;
    const own = turn;
    looking = own;
    const took = await look(() => own !== turn);
    if (own !== turn) return;
    looking = null;
    notBefore = performance.now() + Math.max(LEAST, took * PART);
    if (news > seen) plan();
  };
  const plan = (): void => {
    timer ??= setTimeout(() => void begin(), Math.max(0, notBefore - performance.now()));
  };
  return {
    wanted() {
      news++;
      if (looking === null) plan();
    },
    forget() {
      turn++;
      if (timer !== null) clearTimeout(timer);
      timer = null;
      looking = null;
      notBefore = 0;
    },
  };
}
