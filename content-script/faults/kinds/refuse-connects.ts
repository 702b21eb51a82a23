import type { FaultRun } from "../fault.ts";
import { NativePromise } from "../../hook/shared-with-faults.ts";
import { loseAbruptly } from "../losing/losing.ts";

/** Whatever begins is refused as by a dead network; what is open stays. */
export const refuseConnects: FaultRun<"refuse-connects"> = (_command, { fault }) => ({
  negotiate: () => NativePromise.resolve(null),
  connect: () => ({ after: 0 }),
  began(connection) {
    if (connection.transport === "LongPolling") loseAbruptly(connection, fault);
  },
});
