import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page"],
  parameters: {
    period: {
      kind: "choice",
      label: "Timer interval",
      of: [
        { value: 1_000, label: "once a second (hidden tab)" },
        { value: 60_000, label: "once a minute (hidden for 5 min)" },
      ],
      default: 60_000,
    },
    duration: { kind: "duration", label: "Duration", default: 180_000 },
  },
  description: "Timers run as rarely as in a hidden tab: late pings, late retries.",
  appSees: "timers that fire at the next full interval",
  serverSees: "late pings; with a short client timeout, a Close",
  realism: {
    simulates: "Throttling and intensive throttling of hidden tabs.",
    limitations: [
      "The page stays visible.",
      "Browsers exempt some pages (audio, WebRTC, in Firefox an open WebSocket); this fault exempts none.",
    ],
  },
} as const satisfies FaultDetails;
