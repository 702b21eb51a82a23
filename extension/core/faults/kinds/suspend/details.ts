import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page"],
  parameters: {
    duration: { kind: "duration", label: "How long", default: 70_000 },
  },
  description:
    "What browsers do to a hidden tab, and laptops to all of them: the socket is gone when the tab wakes up.",
  appSees: "hidden, freeze, no timers, no messages; then resume and close 1006",
  serverSees: "the socket closed at resume (1005; a real freeze sends 1001)",
  realism: {
    simulates: "Chromium's freezing of hidden tabs, a closed laptop lid.",
    limitations: [
      "Other code of the page, its workers and its requests go on.",
      "The server gets a close frame without a code, which ASP.NET Core takes for 1000; a real freeze sends 1001.",
      "A real sleep also lets the clock jump.",
    ],
  },
} as const satisfies FaultDetails;
