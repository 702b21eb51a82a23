import type { FaultDetails } from "../../fault-details.ts";
import { MESSAGE_PARAMETERS } from "../../message-parameters.ts";

export const details = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: MESSAGE_PARAMETERS,
  description: "Some messages are lost; the connection stays open.",
  appSees: "missing messages, without an error",
  serverSees: "missing messages, without an error",
  realism: {
    simulates:
      "A backplane that loses messages, a send to a group that was not joined, a server that lost its state.",
    limitations: [
      "TCP itself never loses single messages; this simulates faults in the layers above.",
      "With stateful reconnect, the other end sees a gap in the sequence.",
    ],
  },
} as const satisfies FaultDetails;
