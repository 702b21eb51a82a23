import type { FaultRun } from "../fault.ts";
import { createWaits } from "../cancellable-delay.ts";

export const slowNegotiate: FaultRun<"slow-negotiate"> = ({ delay }) => {
  const waits = createWaits();
  return { negotiate: () => waits.wait(delay), end: waits.end };
};
