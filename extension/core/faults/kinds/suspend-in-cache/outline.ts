import type { FaultOutline } from "../../fault-details.ts";

export const outline: FaultOutline = {
  title: "Suspend in bfcache",
  group: "Tab",
  emulated: false,
  lasting: true,
  breaks: "yes",
  needsConnection: false,
};
