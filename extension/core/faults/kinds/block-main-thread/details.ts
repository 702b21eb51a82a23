import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page"],
  parameters: {
    duration: { kind: "duration", label: "Duration", default: 5_000, max: 60_000 },
  },
  description: "The main thread is blocked: no timers, no messages, no pings.",
  appSees: "everything late, then all at once",
  serverSees: "silence; after its client timeout, a lost client",
  realism: {
    simulates: "A long task: rendering a large table, parsing, a breakpoint in the debugger.",
    limitations: [
      "It can't be undone: the page can't receive anything while it lasts.",
      "The whole page hangs for that time, and all frames of the same process.",
    ],
  },
} as const satisfies FaultDetails;
