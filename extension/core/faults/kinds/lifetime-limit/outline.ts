import type { FaultOutline } from "../../fault-details.ts";

export const outline: FaultOutline = {
  title: "Lifetime limit",
  group: "Connection loss",
  emulated: true,
  lasting: true,
  breaks: "yes",
  needsConnection: false,
};
