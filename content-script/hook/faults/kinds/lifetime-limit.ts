import type { Link } from "../../link.ts";
import type { FaultRun } from "../fault.ts";
import { cancelLater, later, now, ownMethods } from "../../shared.ts";
import { loseAbruptly } from "../losing/losing.ts";

/** No connection lives longer than the limit, counted from its own beginning. */
export const lifetimeLimit: FaultRun<"lifetime-limit"> = ({ limit }, { fault, targets }) => {
  const timers = ownMethods(new Map<Link, number>());
  const arm = (link: Link): void => {
    const left = Math.max(0, link.startedAt + limit - now());
    timers.set(
      link,
      later(() => {
        timers.delete(link);
        if (!link.over && !link.replaced) loseAbruptly(link, fault);
      }, left),
    );
  };
  const forget = (link: Link): void => {
    const timer = timers.get(link);
    if (timer !== undefined) cancelLater(timer);
    timers.delete(link);
  };
  for (const link of targets) arm(link);
  return {
    began: arm,
    ended: forget,
    end() {
      for (const link of [...timers.keys()]) forget(link);
    },
  };
};
