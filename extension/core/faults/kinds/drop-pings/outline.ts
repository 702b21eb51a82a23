import type { FaultOutline } from "../../fault-details.ts";

export const outline: FaultOutline = {
  title: "Drop pings",
  group: "Messages",
  emulated: true,
  lasting: true,
  breaks: "maybe",
  needsConnection: false,
};
