import type { FaultOutline } from "../../fault-details.ts";

export const outline: FaultOutline = {
  title: "Suspend tab",
  group: "Tab",
  emulated: true,
  lasting: true,
  breaks: "yes",
  needsConnection: false,
};
