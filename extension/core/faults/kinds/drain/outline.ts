import type { FaultOutline } from "../../fault-details.ts";

export const outline: FaultOutline = {
  title: "Drain",
  group: "Server",
  emulated: true,
  lasting: true,
  breaks: "yes",
  needsConnection: true,
};
