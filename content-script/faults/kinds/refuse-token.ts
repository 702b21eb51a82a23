import type { FaultRun } from "../fault.ts";
import { NativePromise } from "../../hook/shared-with-tools.ts";
import { refusal } from "../refusal.ts";

/** From now on every access token is rejected. An open WebSocket stays open: a server checks the token only when it starts. */
export const refuseToken: FaultRun<"refuse-token"> = () => ({
  negotiate: () => NativePromise.resolve(refusal(401)),
  connect: () => ({ after: 0 }),
  request: () => NativePromise.resolve(refusal(401)),
});
