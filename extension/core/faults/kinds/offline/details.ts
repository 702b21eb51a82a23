import type { FaultDetails } from "../../fault-details.ts";

export const details = {
  scopes: ["page"],
  parameters: {
    duration: { kind: "duration", label: "How long", default: 12_000 },
  },
  description: "The device loses its network for a while. The retry policy must last longer than the tunnel.",
  appSees: "offline event, close 1006, refused connects; then online",
  serverSees: "nothing yet, as when a network dies",
  realism: {
    simulates: "Flight mode, a tunnel, a Wi-Fi that is gone.",
    limitations: [
      "Only SignalR's own requests fail; the rest of the page still has its network.",
      "A WebSocket that begins without a negotiate is refused only where SignalR was seen at its address before.",
      "navigator.connection does not change; workers and other frames are not told.",
    ],
  },
} as const satisfies FaultDetails;
