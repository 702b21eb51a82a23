import type { FaultOutline } from "../../fault-details.ts";

export const outline: FaultOutline = {
  title: "Suspend in cache",
  group: "Tab",
  emulated: false,
  lasting: true,
  breaks: "yes",
  needsConnection: false,
};
