import type { FaultOutline } from "../../fault-details.ts";

export const outline: FaultOutline = {
  title: "Refuse connections",
  group: "Rejections",
  emulated: true,
  lasting: true,
  breaks: "no",
  needsConnection: false,
};
