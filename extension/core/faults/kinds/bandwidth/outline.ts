import type { FaultOutline } from "../../fault-details.ts";

export const outline: FaultOutline = {
  title: "Bandwidth",
  group: "Slow network",
  emulated: true,
  lasting: true,
  breaks: "maybe",
  needsConnection: false,
};
