import type { FaultOutline } from "../../fault-details.ts";

export const outline: FaultOutline = {
  title: "Block main thread",
  group: "Tab",
  emulated: false,
  lasting: true,
  breaks: "maybe",
  needsConnection: false,
};
