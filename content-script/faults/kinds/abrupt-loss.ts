import type { FaultRun } from "../fault.ts";
import { loseAbruptly } from "../losing/losing.ts";

export const abruptLoss: FaultRun<"abrupt-loss"> = (_command, { fault, targets }) => {
  for (const link of targets) loseAbruptly(link, fault);
  return null;
};
