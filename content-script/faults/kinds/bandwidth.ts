import type { Direction } from "../../../extension/core/protocol/terms.ts";
import type { EpochMilliseconds } from "../../../extension/core/units.ts";
import type { TransportConnection } from "../../hook/transport/transport-connection.ts";
import type { FaultRun } from "../fault.ts";
import { now, ownMethods } from "../../hook/shared-with-tools.ts";
import { flows } from "../stage.ts";

/** Each connection has its own bandwidth in each direction: a message is transmitted after those before it. */
export const bandwidth: FaultRun<"bandwidth"> = ({ direction, bytesPerSecond }, { fault }) => {
  const freeAt = ownMethods(new WeakMap<TransportConnection, Record<Direction, EpochMilliseconds>>());
  return {
    stage: {
      fault,
      pass({ size }, way, connection) {
        if (!flows(direction, way)) return undefined;
        let free = freeAt.get(connection);
        if (!free) freeAt.set(connection, (free = { in: 0, out: 0 }));
        const t = now();
        free[way] = Math.max(free[way], t) + (size / bytesPerSecond) * 1_000;
        return { kind: "delay", by: free[way] - t };
      },
    },
  };
};
