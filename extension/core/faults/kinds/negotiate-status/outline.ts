import type { FaultOutline } from "../../fault-details.ts";

export const outline: FaultOutline = {
  title: "Reject negotiate",
  group: "Rejections",
  emulated: true,
  lasting: true,
  breaks: "no",
  needsConnection: false,
};
