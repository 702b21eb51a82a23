import type { FaultOutline } from "../../fault-details.ts";

export const outline: FaultOutline = {
  title: "Duplicate messages",
  group: "Messages",
  emulated: true,
  lasting: true,
  breaks: "maybe",
  needsConnection: false,
};
