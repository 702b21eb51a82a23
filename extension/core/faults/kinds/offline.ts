import type { FaultKind } from "../fault-kind.ts";

export const offline = {
  scopes: ["page"],
  parameters: {
    duration: { kind: "duration", label: "How long", usual: 12_000 },
  },
  say: "The device loses its network for a while. The retry policy must last longer than the tunnel.",
  appSees: "offline event, close 1006, refused connects; then online",
  serverSees: "nothing yet, as when a network dies",
  likeness: {
    imitates: "Flight mode, a tunnel, a Wi-Fi that is gone.",
    differs: [
      "Only SignalR's own requests fail; the rest of the page still has its network.",
      "A WebSocket that begins without a negotiate is refused only where SignalR was seen at its address before.",
      "navigator.connection does not change; workers and other frames are not told.",
    ],
  },
} as const satisfies FaultKind;
