import type { FaultRun } from "../fault.ts";
import { NativeEvent, NativePromise, emit, patchGetter } from "../../hook/shared-with-tools.ts";
import { loseAbruptly } from "../losing/losing.ts";

/**
 * The page sees a lost network: the `offline` event, `navigator.onLine`, lost connections, and failing SignalR connects until
 * the fault ends.
 */
export const offline: FaultRun<"offline"> = (_command, { faultHooks, fault, targets }) => {
  const restore = patchGetter(Navigator.prototype, "onLine", () => false);
  return {
    begin() {
      faultHooks.recorder.record({ kind: "online", online: false, fault });
      emit(window, new NativeEvent("offline"));
      for (const connection of targets) loseAbruptly(connection, fault);
    },
    negotiate: () => NativePromise.resolve(null),
    connect: () => ({ after: 0 }),
    began(connection) {
      // This can only be the first poll of long polling: WebSockets and event sources are refused before they begin.
      loseAbruptly(connection, fault);
    },
    end() {
      restore();
      faultHooks.recorder.record({ kind: "online", online: true, fault });
      emit(window, new NativeEvent("online"));
    },
  };
};
