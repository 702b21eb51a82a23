import type { Link } from "../../hook/transport/transport-connection.ts";
import type { FaultRun } from "../fault.ts";
import { timedLoss } from "../losing/timed-loss.ts";

/** A load balancer forgets a connection over which nothing went for so long. */
export const idleCut: FaultRun<"idle-cut"> = ({ idle }, { fault, targets }) => {
  const loss = timedLoss(fault);
  const arm = (link: Link): void => {
    loss.arm(link, idle);
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
    ended: loss.forget,
    end: loss.forgetAll,
  };
};
