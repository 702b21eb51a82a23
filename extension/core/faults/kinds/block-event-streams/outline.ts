import type { FaultOutline } from "../../fault-details.ts";

export const outline: FaultOutline = {
  title: "Block event streams",
  group: "Rejections",
  emulated: true,
  lasting: true,
  breaks: "no",
  needsConnection: false,
};
