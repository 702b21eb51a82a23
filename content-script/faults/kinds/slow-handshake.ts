import type { FaultRun } from "../fault.ts";
import { HANDSHAKE } from "../stage.ts";

/** The server's answer to the handshake comes late, and with it all that it sends behind. */
export const slowHandshake: FaultRun<"slow-handshake"> = ({ delay }, { fault }) => ({
  stage: {
    fault,
    pass: ({ type }, direction) =>
      type === HANDSHAKE && direction === "in" ? { kind: "delay", by: delay } : undefined,
  },
});
