import type { FaultDetails } from "../../fault-details.ts";
import { MESSAGE_PARAMETERS } from "../../message-parameters.ts";

export const details = {
  scopes: ["page", "hub", "connection", "share"],
  parameters: MESSAGE_PARAMETERS,
  description: "Some messages arrive twice.",
  appSees: "the same message twice in a row",
  serverSees: "the same message twice in a row",
  realism: {
    simulates: "A retry by a proxy or backplane, at-least-once delivery, a handler registered twice.",
    limitations: ["A call sent twice has the same invocation id; a real retry by the app has a new one."],
  },
} as const satisfies FaultDetails;
