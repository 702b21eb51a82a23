import { nativeTimeout, now } from "../../hook/shared-with-tools.ts";
import type { FaultRun } from "../fault.ts";

/** The block starts in a later task, so that the answer to the fault command is sent first. */
const SOON = 50;

/** Keeps the main thread busy: no page code runs, sockets stay open, and their messages arrive late. */
export const blockMainThread: FaultRun<"block-main-thread"> = ({ duration }, { faultHooks, finish }) => {
  nativeTimeout(() => {
    faultHooks.recorder.flush();
    const until = now() + duration;
    while (now() < until);
    finish();
  }, SOON);
  return {};
};
