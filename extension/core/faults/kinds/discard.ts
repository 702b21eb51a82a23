import type { FaultKind } from "../fault-kind.ts";

export const discard = {
  scopes: ["page"],
  parameters: {},
  say: "The browser frees the tab's memory: everything that lived only in the page is lost.",
  appSees: "nothing: the page is gone and loads anew when visited",
  serverSees: "the socket closed",
  likeness: {
    imitates: "Memory saver and sleeping tabs.",
    differs: ["Asked for by an extension, not by lack of memory; otherwise the same."],
  },
} as const satisfies FaultKind;
