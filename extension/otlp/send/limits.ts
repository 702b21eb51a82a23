import type { Milliseconds } from "../../core/units.ts";

export interface SendLimits {
  /** Of one payload, the first included. */
  readonly tries: number;
  /** For one answer. */
  readonly request: Milliseconds;
  /** For one payload with all its tries. */
  readonly total: Milliseconds;
  /** Of all that waits. */
  readonly queuedCharacters: number;
}

export const USUAL_LIMITS: SendLimits = {
  tries: 5,
  request: 10_000,
  total: 30_000,
  queuedCharacters: 8_000_000,
};
