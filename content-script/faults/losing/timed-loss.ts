import type { FaultId } from "../../../extension/core/ids.ts";
import type { TransportConnection } from "../../hook/transport/transport-connection.ts";
import { clearNativeTimeout, nativeTimeout, ownMethods } from "../../hook/shared-with-tools.ts";
import { loseAbruptly } from "./losing.ts";

/** Connections that are lost abruptly at a set time. */
export interface TimedLoss {
  /** @param delay milliseconds from now; replaces an earlier delay of the connection */
  arm(connection: TransportConnection, delay: number): void;
  forget(connection: TransportConnection): void;
  forgetAll(): void;
}

export function timedLoss(fault: FaultId): TimedLoss {
  const timers = ownMethods(new Map<TransportConnection, number>());
  const forget = (connection: TransportConnection): void => {
    const timer = timers.get(connection);
    if (timer !== undefined) clearNativeTimeout(timer);
    timers.delete(connection);
  };
  return {
    arm(connection, delay) {
      forget(connection);
      timers.set(
        connection,
        nativeTimeout(() => {
          timers.delete(connection);
          if (!connection.over && !connection.replaced) loseAbruptly(connection, fault);
        }, delay),
      );
    },
    forget,
    forgetAll() {
      for (const connection of [...timers.keys()]) forget(connection);
    },
  };
}
