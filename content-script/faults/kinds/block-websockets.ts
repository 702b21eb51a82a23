import type { FaultRun } from "../fault.ts";

/**
 * Acts like a proxy that doesn't support WebSocket upgrades: the client falls back to another transport in the same attempt.
 */
export const blockWebsockets: FaultRun<"block-websockets"> = () => ({
  connect: (transport) => (transport === "WebSockets" ? { after: 0 } : undefined),
});
