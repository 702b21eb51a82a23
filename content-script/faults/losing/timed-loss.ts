import type { FaultId } from "../../../extension/core/ids.ts";
import type { Link } from "../../hook/transport/transport-connection.ts";
import { cancelLater, later, ownMethods } from "../../hook/shared-with-faults.ts";
import { loseAbruptly } from "./losing.ts";

/** Links that are lost abruptly when their time is up. */
export interface TimedLoss {
  /** @param delay milliseconds from now; takes the place of the link's earlier one */
  arm(link: Link, delay: number): void;
  forget(link: Link): void;
  forgetAll(): void;
}

export function timedLoss(fault: FaultId): TimedLoss {
  const timers = ownMethods(new Map<Link, number>());
  const forget = (link: Link): void => {
    const timer = timers.get(link);
    if (timer !== undefined) cancelLater(timer);
    timers.delete(link);
  };
  return {
    arm(link, delay) {
      forget(link);
      timers.set(
        link,
        later(() => {
          timers.delete(link);
          if (!link.over && !link.replaced) loseAbruptly(link, fault);
        }, delay),
      );
    },
    forget,
    forgetAll() {
      for (const link of [...timers.keys()]) forget(link);
    },
  };
}
