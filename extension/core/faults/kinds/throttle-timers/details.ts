import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page"],
  parameters: {
    period: {
      kind: "choice",
      label: "Timers run",
      of: [
        { value: 1_000, label: "once a second (hidden tab)" },
        { value: 60_000, label: "once a minute (hidden for 5 min)" },
      ],
      default: 60_000,
    },
    duration: { kind: "duration", label: "How long", default: 180_000 },
  },
  description: "Timers run as rarely as in a hidden tab: pings late, retries late.",
  appSees: "timers that fire at the next full period",
  serverSees: "pings that come late; with a short client timeout, a Close",
  realism: {
    simulates: "Throttling and intensive throttling of hidden tabs.",
    limitations: [
      "The page still counts as visible.",
      "Browsers leave some timers alone (audio, WebRTC, in Firefox an open WebSocket); this one none.",
    ],
  },
} as const satisfies FaultDetails;
