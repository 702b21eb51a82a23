import type { FaultRun } from "../fault.ts";
import { createRandom } from "../random.ts";
import { flows } from "../stage.ts";

export const latency: FaultRun<"latency"> = ({ direction, delay, jitter = 0, seed }, { fault }) => {
  const random = createRandom(seed);
  return {
    stage: {
      fault,
      pass: (_message, way) =>
        flows(direction, way) ? { kind: "delay", by: delay + random() * jitter } : undefined,
    },
  };
};
