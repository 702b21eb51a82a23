import type { FaultRun } from "../fault.ts";
import { endSilence, silence } from "../losing/losing.ts";

/** One or both directions fall silent. */
export const halfOpen: FaultRun<"half-open"> = ({ direction = "both" }, { fault, targets }) => {
  for (const connection of targets) silence(connection, fault, direction);
  return {
    only: targets,
    end() {
      for (const connection of targets) endSilence(connection, fault);
    },
  };
};
