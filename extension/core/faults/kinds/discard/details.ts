import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page"],
  parameters: {},
  description: "The browser discards the tab to free memory: all state of the page is lost.",
  appSees: "nothing: the page is gone and reloads when the tab is activated",
  serverSees: "the socket closed",
  realism: {
    simulates: "Memory Saver (Chrome) and sleeping tabs (Edge).",
    limitations: ["Requested by an extension, not caused by low memory; otherwise the same."],
  },
} as const satisfies FaultDetails;
