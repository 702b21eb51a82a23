import type { TransportConnection } from "../../hook/transport/transport-connection.ts";
import type { FaultRun } from "../fault.ts";
import { timedLoss } from "../losing/timed-loss.ts";

/** Like a load balancer with an idle timeout: a connection without traffic for this time is lost. */
export const idleCut: FaultRun<"idle-cut"> = ({ idle }, { fault, targets }) => {
  const loss = timedLoss(fault);
  const arm = (connection: TransportConnection): void => {
    loss.arm(connection, idle);
  };
  for (const connection of targets) arm(connection);
  return {
    stage: {
      fault,
      pass(_message, _way, connection) {
        arm(connection);
        return undefined;
      },
    },
    began: arm,
    ended: loss.forget,
    end: loss.forgetAll,
  };
};
