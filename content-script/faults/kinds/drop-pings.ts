import type { FaultRun } from "../fault.ts";
import { flows } from "../stage.ts";

const PING = 6;

export const dropPings: FaultRun<"drop-pings"> = ({ direction }, { fault }) => ({
  stage: {
    fault,
    pass: ({ type }, way) => (type === PING && flows(direction, way) ? { kind: "swallow" } : undefined),
  },
});
