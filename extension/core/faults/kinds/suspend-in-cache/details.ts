import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page"],
  parameters: {
    duration: { kind: "duration", label: "How long", default: 20_000 },
  },
  description: "The page is really frozen, in the browser's back/forward cache, and taken out again.",
  appSees: "pagehide, freeze, nothing; then pageshow, resume, and its sockets lost",
  serverSees: "the socket closed (1001)",
  realism: {
    simulates: "Going back and forth, and every other freeze: it is the same machinery.",
    limitations: [
      "A page that isn't eligible for the cache loads anew and loses its state.",
      "The tab shows another page for that time.",
    ],
  },
  only: "Chromium",
} as const satisfies FaultDetails;
