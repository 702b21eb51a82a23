import type { FaultRun } from "../fault.ts";

/** As a proxy that doesn't know the upgrade: the client falls back within the same attempt. */
export const blockWebsockets: FaultRun<"block-websockets"> = () => ({
  connect: (transport) => (transport === "WebSockets" ? { after: 0 } : undefined),
});
