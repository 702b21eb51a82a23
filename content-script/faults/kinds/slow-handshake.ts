import type { FaultRun } from "../fault.ts";
import { HANDSHAKE } from "../stage.ts";

/** The server's handshake response arrives late, and so does everything that it sends after it. */
export const slowHandshake: FaultRun<"slow-handshake"> = ({ delay }, { fault }) => ({
  stage: {
    fault,
    pass: ({ type }, direction) =>
      type === HANDSHAKE && direction === "in" ? { kind: "delay", by: delay } : undefined,
  },
});
