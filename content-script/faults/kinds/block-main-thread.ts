import { nativeTimeout, now } from "../../hook/shared-with-faults.ts";
import type { FaultRun } from "../fault.ts";

/** In a task of its own: whoever asked has had the answer by then. */
const SOON = 50;

/** Busy: nothing runs on the page, sockets live on and what they bring comes late. */
export const blockMainThread: FaultRun<"block-main-thread"> = ({ duration }, { faultHooks, finish }) => {
  nativeTimeout(() => {
    faultHooks.recorder.flush();
    const until = now() + duration;
    while (now() < until);
    finish();
  }, SOON);
  return {};
};
