/** Which messages a fault drops or sends twice. */
import type { ParameterTable } from "./parameter.ts";

export const MESSAGE_PARAMETERS = {
  direction: { kind: "direction", label: "Direction", default: "in" },
  types: { kind: "message-types", label: "Message types", optional: "all but pings" },
  method: { kind: "text", label: "Hub method", max: 200, counted: "characters", optional: "all methods" },
  probability: { kind: "probability", label: "Probability", default: 0.2 },
  seed: { kind: "whole", label: "Seed", min: 0, max: 4_294_967_295, optional: "random" },
  duration: { kind: "duration", label: "Duration", default: 60_000 },
} as const satisfies ParameterTable;
