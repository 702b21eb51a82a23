import type { FaultRun } from "../fault.ts";
import { clearNativeTimeout, nativeTimeout } from "../../hook/shared-with-tools.ts";
import { injectClose } from "./server-close.ts";

/** Losses are spread evenly over the window. A connection that began after the fault is already on another server: it stays. */
export const drain: FaultRun<"drain"> = ({ window: span }, { fault, targets }) => {
  const timers = targets.map((connection, i) =>
    nativeTimeout(
      () => {
        if (!connection.over && !connection.replaced && connection.log.handshaken)
          injectClose(connection, fault, true);
      },
      (span * i) / targets.length,
    ),
  );
  return {
    end() {
      for (const timer of timers) clearNativeTimeout(timer);
    },
  };
};
