import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub"],
  parameters: {
    status: {
      kind: "choice",
      label: "Answer",
      of: [
        { value: 401, label: "401 Unauthorized" },
        { value: 403, label: "403 Forbidden" },
        { value: 404, label: "404 Not Found" },
        { value: 429, label: "429 Too Many Requests" },
        { value: 500, label: "500 Internal Server Error" },
        { value: 503, label: "503 Service Unavailable" },
      ],
      default: 429,
    },
    retryAfter: {
      kind: "whole",
      label: "Retry-After",
      unit: "s",
      least: 0,
      most: 86_400,
      optional: "not sent",
    },
    times: {
      kind: "whole",
      label: "How many",
      unit: "negotiates",
      least: 1,
      most: 1_000,
      optional: "all of them",
    },
    duration: { kind: "duration", label: "How long", default: 30_000 },
  },
  description: "The server answers negotiates with an error status.",
  appSees: "that status for each negotiate; a start() fails, a retry goes on to the next",
  serverSees: "nothing: the negotiate does not reach it",
  realism: {
    simulates:
      "A throttled Azure SignalR unit (429), a lost login (401, 403), a wrong path or instance (404), a server in trouble (500, 503).",
    limitations: [
      "The answer is made up in the page: it comes at once and is in no server log.",
      "With skipNegotiation there is no negotiate to refuse.",
    ],
  },
} as const satisfies FaultDetails;
