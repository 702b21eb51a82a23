import type { FaultRun } from "../fault.ts";
import { NativeEvent, NativePromise, emit, patchGetter } from "../../hook/shared-with-faults.ts";
import { loseAbruptly } from "../losing/losing.ts";

/** The page is told that the network is gone: event, `navigator.onLine`, its sockets, and every SignalR connect until it ends. */
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
      // The first poll; a real socket or source doesn't begin.
      loseAbruptly(connection, fault);
    },
    end() {
      restore();
      faultHooks.recorder.record({ kind: "online", online: true, fault });
      emit(window, new NativeEvent("online"));
    },
  };
};
