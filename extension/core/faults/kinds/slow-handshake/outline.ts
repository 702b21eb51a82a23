import type { FaultOutline } from "../../fault-details.ts";

export const outline: FaultOutline = {
  title: "Slow handshake",
  group: "Slow network",
  emulated: true,
  lasting: true,
  breaks: "no",
  needsConnection: false,
};
