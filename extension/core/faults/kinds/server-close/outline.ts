import type { FaultOutline } from "../../fault-details.ts";

export const outline: FaultOutline = {
  title: "Server Close",
  group: "Server",
  emulated: true,
  lasting: false,
  breaks: "yes",
  needsConnection: true,
};
