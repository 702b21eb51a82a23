import type { FaultOutline } from "../../fault-details.ts";

export const outline: FaultOutline = {
  title: "Discard tab",
  group: "Tab",
  emulated: false,
  lasting: false,
  breaks: "yes",
  needsConnection: false,
};
