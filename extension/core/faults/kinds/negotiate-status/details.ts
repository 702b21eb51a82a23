import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page", "hub"],
  parameters: {
    status: {
      kind: "choice",
      label: "Status",
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
      min: 0,
      max: 86_400,
      optional: "not sent",
    },
    times: {
      kind: "whole",
      label: "Count",
      unit: "negotiates",
      min: 1,
      max: 1_000,
      optional: "all",
    },
    duration: { kind: "duration", label: "Duration", default: 30_000 },
  },
  description: "Answers negotiates with an error status.",
  appSees: "that status for each negotiate; a start() fails, a reconnect continues with the next retry",
  serverSees: "nothing: the negotiate does not reach it",
  realism: {
    simulates:
      "A throttled Azure SignalR unit (429), an expired login (401, 403), a wrong path or instance (404), a failing server (500, 503).",
    limitations: [
      "The answer is generated in the page: it comes immediately and is in no server log.",
      "With skipNegotiation there is no negotiate to reject.",
    ],
  },
} as const satisfies FaultDetails;
