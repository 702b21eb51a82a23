import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page"],
  parameters: {
    duration: { kind: "duration", label: "How long", default: 5_000, most: 60_000 },
  },
  description: "The page is busy and can do nothing else: no timers, no messages, no pings.",
  appSees: "everything late, all at once",
  serverSees: "silence; beyond its client timeout, a lost client",
  realism: {
    simulates: "A long task: a big table, a synchronous parse, a debugger's breakpoint.",
    limitations: [
      "It can't be undone: while it lasts the page can't be told anything.",
      "The whole page hangs for that time, and all frames of its process.",
    ],
  },
} as const satisfies FaultDetails;
