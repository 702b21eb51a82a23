import type { FaultOutline } from "../../fault-details.ts";

export const outline: FaultOutline = {
  title: "Throttle timers",
  group: "Tab",
  emulated: true,
  lasting: true,
  breaks: "maybe",
  needsConnection: false,
};
