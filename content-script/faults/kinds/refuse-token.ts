import type { FaultRun } from "../fault.ts";
import { NativePromise } from "../../hook/shared-with-faults.ts";
import { refusal } from "../refusal.ts";

/** From now on the server takes no token. An open WebSocket stays: a server looks at the token when it begins. */
export const refuseToken: FaultRun<"refuse-token"> = () => ({
  negotiate: () => NativePromise.resolve(refusal(401)),
  connect: () => ({ after: 0 }),
  request: () => NativePromise.resolve(refusal(401)),
});
