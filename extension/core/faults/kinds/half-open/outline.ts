import type { FaultOutline } from "../../fault-details.ts";

export const outline: FaultOutline = {
  title: "Half-open",
  group: "Connection loss",
  emulated: true,
  lasting: true,
  breaks: "yes",
  needsConnection: true,
};
