import type { Link } from "../../hook/transport/transport-connection.ts";
import type { FaultRun } from "../fault.ts";
import { now } from "../../hook/shared-with-faults.ts";
import { timedLoss } from "../losing/timed-loss.ts";

/** No connection lives longer than the limit, counted from its own beginning. */
export const lifetimeLimit: FaultRun<"lifetime-limit"> = ({ limit }, { fault, targets }) => {
  const loss = timedLoss(fault);
  const arm = (link: Link): void => {
    loss.arm(link, Math.max(0, link.startedAt + limit - now()));
  };
  for (const link of targets) arm(link);
  return {
    began: arm,
    ended: loss.forget,
    end: loss.forgetAll,
  };
};
