import type { FaultOutline } from "../../fault-details.ts";

export const outline: FaultOutline = {
  title: "Idle timeout",
  group: "Connection loss",
  emulated: true,
  lasting: true,
  breaks: "yes",
  needsConnection: false,
};
