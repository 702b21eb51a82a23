import type { FaultOutline } from "../../fault-details.ts";

export const outline: FaultOutline = {
  title: "Latency",
  group: "Slow network",
  emulated: true,
  lasting: true,
  breaks: "maybe",
  needsConnection: false,
};
