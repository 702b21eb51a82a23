import type { FaultOutline } from "../../fault-details.ts";

export const outline: FaultOutline = {
  title: "Missed resume window",
  group: "Connection loss",
  emulated: true,
  lasting: false,
  breaks: "yes",
  needsConnection: true,
};
