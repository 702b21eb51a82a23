import type { FaultOutline } from "../../fault-details.ts";

export const outline: FaultOutline = {
  title: "Idle cut",
  group: "Connection loss",
  emulated: true,
  lasting: true,
  breaks: "yes",
  needsConnection: false,
};
