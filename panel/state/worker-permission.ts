/** Firefox: the permission to put a hook in front of the scripts of workers. */
import { WORKER_PERMISSION } from "../../extension/messages/worker-permissions.ts";
import { browser } from "./browser-api.ts";

export interface WorkerPermission {
  /** Call it while the user's click is handled. The background gives it back when it isn't needed. @returns whether it is granted */
  ask(): Promise<boolean>;
}

/** null: this browser has no such permission. "window": it can be asked for only in Hubscope's own window. */
export function workerPermission(): WorkerPermission | "window" | null {
  if (location.protocol !== "moz-extension:") return null;
  const { permissions } = browser as Partial<typeof browser>;
  // Firefox has no such API in DevTools.
  if (!permissions) return "window";
  return { ask: () => permissions.request({ permissions: [WORKER_PERMISSION] }) };
}
