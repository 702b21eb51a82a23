import type { FaultRun } from "../fault.ts";
import { NativePromise, nativeTimeout } from "../../hook/shared-with-tools.ts";
import { refusal } from "../refusal.ts";

export const negotiateStatus: FaultRun<"negotiate-status"> = (
  { status, retryAfter, times = Infinity },
  { finish },
) => {
  let left = times;
  return {
    negotiate() {
      if (left <= 0) return undefined;
      if (--left === 0) nativeTimeout(finish, 0);
      return NativePromise.resolve(refusal(status, retryAfter));
    },
  };
};
