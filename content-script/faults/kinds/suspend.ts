/**
 * Simulates a frozen tab: `visibilitychange` and `freeze` events, then no timers, animation frames or messages; at the end the
 * `resume` event, lost sockets, and only then the late timers and promises. Chromium does it in this order (measured with a
 * real freeze through the DevTools protocol). Other page code and workers keep running; the server sees 1005 instead of 1001.
 */
import type { FaultRun } from "../fault.ts";
import { freeze, thaw } from "../losing/losing.ts";
import { NativeEvent, NativePromise, emit, patchGetter } from "../../hook/shared-with-tools.ts";
import { holdTimers, releaseTimers } from "../timers.ts";

export const suspend: FaultRun<"suspend"> = (_command, { faultHooks, fault, targets }) => {
  const { recorder } = faultHooks;
  const wasVisible = document.visibilityState === "visible";
  const restore = [
    patchGetter(Document.prototype, "visibilityState", () => "hidden"),
    patchGetter(Document.prototype, "hidden", () => true),
  ];
  let release: () => void = () => undefined;
  faultHooks.holding = new NativePromise<void>((resolve) => {
    release = resolve;
  });
  if (wasVisible) {
    recorder.record({ kind: "visibility", visible: false, fault });
    emit(document, new NativeEvent("visibilitychange", { bubbles: true }));
  }
  recorder.record({ kind: "lifecycle", phase: "freeze", persisted: false, fault });
  emit(document, new NativeEvent("freeze", { bubbles: true }));
  holdTimers();
  for (const connection of targets) freeze(connection, fault);

  let waiting = Math.max(1, targets.length);
  const thawed = (): void => {
    if (--waiting > 0) return;
    releaseTimers();
    faultHooks.holding = undefined;
    release();
  };
  return {
    end() {
      recorder.record({ kind: "lifecycle", phase: "resume", persisted: false, fault });
      emit(document, new NativeEvent("resume", { bubbles: true }));
      for (const undo of restore) undo();
      if (wasVisible) {
        recorder.record({ kind: "visibility", visible: true, fault });
        emit(document, new NativeEvent("visibilitychange", { bubbles: true }));
      }
      if (targets.length === 0) thawed();
      for (const connection of targets) thaw(connection, fault, thawed);
    },
  };
};
