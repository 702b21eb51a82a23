import type { Link } from "../../link.ts";
import type { FaultRun } from "../fault.ts";
import { cancelLater, later, ownMethods } from "../../shared.ts";
import { loseAbruptly } from "../losing/losing.ts";

/** A load balancer forgets a connection over which nothing went for so long. */
export const idleCut: FaultRun<"idle-cut"> = ({ idle }, { fault, targets }) => {
  const timers = ownMethods(new Map<Link, number>());
  const forget = (link: Link): void => {
    const timer = timers.get(link);
    if (timer !== undefined) cancelLater(timer);
    timers.delete(link);
  };
  const arm = (link: Link): void => {
    forget(link);
    timers.set(
      link,
      later(() => {
        timers.delete(link);
        if (!link.over && !link.replaced) loseAbruptly(link, fault);
      }, idle),
    );
  };
  for (const link of targets) arm(link);
  return {
    stage: {
      fault,
      pass(_message, _way, link) {
        arm(link);
        return undefined;
      },
    },
    began: arm,
    ended: forget,
    end() {
      for (const link of [...timers.keys()]) forget(link);
    },
  };
};
