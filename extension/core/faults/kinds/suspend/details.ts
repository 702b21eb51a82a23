import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page"],
  parameters: {
    duration: { kind: "duration", label: "Duration", default: 70_000 },
  },
  description:
    "Freezes the page like a hidden tab or a sleeping laptop: the socket is closed when it resumes.",
  appSees: "hidden, freeze, no timers, no messages; then resume and close 1006",
  serverSees: "the socket closed at resume (1005; a real freeze sends 1001)",
  realism: {
    simulates: "Hidden tabs frozen by Chromium, a closed laptop lid.",
    limitations: [
      "Other code of the page, its workers and its requests continue.",
      "The server gets a close frame without a code, which ASP.NET Core treats as 1000; a real freeze sends 1001.",
      "A real sleep also makes the clock jump.",
    ],
  },
} as const satisfies FaultDetails;
