import type { FaultRun } from "../fault.ts";
import { NativePromise } from "../../hook/shared-with-tools.ts";
import { loseAbruptly } from "../losing/losing.ts";

/** New connects fail as without a network; open connections stay open. */
export const refuseConnects: FaultRun<"refuse-connects"> = (_command, { fault }) => ({
  negotiate: () => NativePromise.resolve(null),
  connect: () => ({ after: 0 }),
  began(connection) {
    if (connection.transport === "LongPolling") loseAbruptly(connection, fault);
  },
});
