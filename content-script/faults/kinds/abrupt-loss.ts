import type { FaultRun } from "../fault.ts";
import { loseAbruptly } from "../losing/losing.ts";

export const abruptLoss: FaultRun<"abrupt-loss"> = (_command, { fault, targets }) => {
  for (const connection of targets) loseAbruptly(connection, fault);
  return null;
};
