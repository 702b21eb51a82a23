import type { FaultRun } from "../fault.ts";
import { nativeTimeout } from "../../hook/shared-with-tools.ts";
import { loseGracefully } from "../losing/losing.ts";

export const gracefulLoss: FaultRun<"graceful-loss"> = (_command, { fault, targets, finish }) => {
  let waiting = targets.length;
  const done = (): void => {
    // When all are lost immediately, the fault isn't registered as running yet: so it finishes in a later task.
    if (--waiting === 0) nativeTimeout(finish, 0);
  };
  for (const connection of targets) loseGracefully(connection, fault, done);
  return {};
};
