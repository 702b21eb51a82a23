import type { TransportConnection } from "../../hook/transport/transport-connection.ts";
import type { FaultRun } from "../fault.ts";
import { now } from "../../hook/shared-with-tools.ts";
import { timedLoss } from "../losing/timed-loss.ts";

/** A connection is lost when it has existed for this time. */
export const lifetimeLimit: FaultRun<"lifetime-limit"> = ({ limit }, { fault, targets }) => {
  const loss = timedLoss(fault);
  const arm = (connection: TransportConnection): void => {
    loss.arm(connection, Math.max(0, connection.startedAt + limit - now()));
  };
  for (const connection of targets) arm(connection);
  return {
    began: arm,
    ended: loss.forget,
    end: loss.forgetAll,
  };
};
