import type { FaultRun } from "../fault.ts";

export const blockEventStreams: FaultRun<"block-event-streams"> = () => ({
  connect: (transport) => (transport === "ServerSentEvents" ? { after: 0 } : undefined),
});
