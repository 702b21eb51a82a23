import type { FaultOutline } from "../../fault-details.ts";

export const outline: FaultOutline = {
  title: "Offline",
  group: "Connection loss",
  emulated: true,
  lasting: true,
  breaks: "yes",
  needsConnection: false,
};
