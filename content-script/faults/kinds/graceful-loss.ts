import type { FaultRun } from "../fault.ts";
import { later } from "../../hook/shared-with-faults.ts";
import { loseGracefully } from "../losing/losing.ts";

export const gracefulLoss: FaultRun<"graceful-loss"> = (_command, { fault, targets, finish }) => {
  let waiting = targets.length;
  const done = (): void => {
    // Some are lost at once: then the fault isn't known to be running yet.
    if (--waiting === 0) later(finish, 0);
  };
  for (const link of targets) loseGracefully(link, fault, done);
  return {};
};
