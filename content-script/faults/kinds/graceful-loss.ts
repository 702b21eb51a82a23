import type { FaultRun } from "../fault.ts";
import { nativeTimeout } from "../../hook/shared-with-faults.ts";
import { loseGracefully } from "../losing/losing.ts";

export const gracefulLoss: FaultRun<"graceful-loss"> = (_command, { fault, targets, finish }) => {
  let waiting = targets.length;
  const done = (): void => {
    // Some are lost at once: then the fault isn't known to be running yet.
    if (--waiting === 0) nativeTimeout(finish, 0);
  };
  for (const connection of targets) loseGracefully(connection, fault, done);
  return {};
};
