/** Entry point of `hubscope/monitor`. Importing it does nothing, also not in Node. */
import type { Monitor, MonitorOptions } from "./api.ts";
import { createStart } from "./start.ts";

export type { Monitor, MonitorOptions, MonitorSignal } from "./api.ts";

const start = createStart(() => import("./observer/main.ts"));

/** Call it as early as you can, and build HubConnections after its `ready`: those that were built before are not seen. */
export function startMonitor(options: MonitorOptions): Monitor {
  return start(options);
}
