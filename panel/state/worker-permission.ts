/** Firefox: the permission to put a hook in front of the scripts of workers. */
import { WORKER_PERMISSION } from "../../extension/messages/worker-permissions.ts";
import { browser } from "./browser-api.ts";

export interface WorkerPermission {
  /** Asks for it, or gives it back. Call it while the user's click is handled. @returns whether it is granted */
  switchTo(on: boolean): Promise<boolean>;
}

/** null: this browser has no such permission. "window": it can be asked for only in Hubscope's own window. */
export function workerPermission(): WorkerPermission | "window" | null {
  if (location.protocol !== "moz-extension:") return null;
  const { permissions } = browser as Partial<typeof browser>;
  // Firefox has no such API in DevTools.
  if (!permissions) return "window";
  const wanted = { permissions: [WORKER_PERMISSION as typeof WORKER_PERMISSION] };
  return {
    async switchTo(on) {
      if (on) return permissions.request(wanted);
      await permissions.remove(wanted);
      return false;
    },
  };
}
