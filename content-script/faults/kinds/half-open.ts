import type { FaultRun } from "../fault.ts";
import { endSilence, silence } from "../losing/losing.ts";

/** No more messages pass in one or both directions; the connection stays open. */
export const halfOpen: FaultRun<"half-open"> = ({ direction = "both" }, { fault, targets }) => {
  for (const connection of targets) silence(connection, fault, direction);
  return {
    only: targets,
    end() {
      for (const connection of targets) endSilence(connection, fault);
    },
  };
};
