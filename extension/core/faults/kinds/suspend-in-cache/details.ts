import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page"],
  parameters: {
    duration: { kind: "duration", label: "Duration", default: 20_000 },
  },
  description: "The browser freezes the page in its back/forward cache and restores it.",
  appSees: "pagehide, freeze, nothing; then pageshow, resume, and the sockets closed",
  serverSees: "the socket closed (1001)",
  realism: {
    simulates: "Back and forward navigation, and every other freeze: the browser's mechanism is the same.",
    limitations: [
      "A page that isn't eligible for the cache reloads and loses its state.",
      "The tab shows another page in the meantime.",
    ],
  },
  only: "Chromium",
} as const satisfies FaultDetails;
