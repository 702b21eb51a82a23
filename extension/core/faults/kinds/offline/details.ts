import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page"],
  parameters: {
    duration: { kind: "duration", label: "Duration", default: 12_000 },
  },
  description: "The device loses its network for a while. The retry policy must last longer than the outage.",
  appSees: "offline event, close 1006, failed connection attempts; then online",
  serverSees: "nothing at first, as with a network failure",
  realism: {
    simulates: "Airplane mode, a tunnel, a lost Wi-Fi.",
    limitations: [
      "Only SignalR's own requests fail; the rest of the page stays online.",
      "A WebSocket without a negotiate is refused only if SignalR was seen at its URL before.",
      "navigator.connection does not change; workers and other frames are not notified.",
    ],
  },
} as const satisfies FaultDetails;
