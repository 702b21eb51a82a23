import type { FaultRun } from "../fault.ts";
import { cancelLater, later } from "../../hook/shared-with-faults.ts";
import { injectClose } from "./server-close.ts";

/** Spread evenly over the window; a connection that came meanwhile is at the new place already. */
export const drain: FaultRun<"drain"> = ({ window: span }, { fault, targets }) => {
  const timers = targets.map((link, i) =>
    later(
      () => {
        if (!link.over && !link.replaced && link.conversation.handshaken) injectClose(link, fault, true);
      },
      (span * i) / targets.length,
    ),
  );
  return {
    end() {
      for (const timer of timers) cancelLater(timer);
    },
  };
};
