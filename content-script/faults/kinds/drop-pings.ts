import { PING } from "../../../extension/core/protocol/terms.ts";
import type { FaultRun } from "../fault.ts";
import { flows } from "../stage.ts";

export const dropPings: FaultRun<"drop-pings"> = ({ direction }, { fault }) => ({
  stage: {
    fault,
    pass: ({ type }, way) => (type === PING && flows(direction, way) ? { kind: "swallow" } : undefined),
  },
});
