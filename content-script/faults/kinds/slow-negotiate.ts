import type { FaultRun } from "../fault.ts";
import { createDelays } from "../cancellable-delay.ts";

export const slowNegotiate: FaultRun<"slow-negotiate"> = ({ delay }) => {
  const delays = createDelays();
  return { negotiate: () => delays.wait(delay), end: delays.end };
};
