import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page"],
  parameters: {},
  description: "The browser frees the tab's memory: everything that lived only in the page is lost.",
  appSees: "nothing: the page is gone and loads anew when visited",
  serverSees: "the socket closed",
  realism: {
    simulates: "Memory saver and sleeping tabs.",
    limitations: ["Asked for by an extension, not by lack of memory; otherwise the same."],
  },
} as const satisfies FaultDetails;
