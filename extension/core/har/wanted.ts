import type { Bytes } from "../units.ts";

/** What is recorded of messages: as the settings and open panels want it. */
export interface Wanted {
  readonly payloads: boolean;
  readonly payloadCap: Bytes;
  /** Messages per second of one connection above which they are only counted, while payloads aren't wanted. */
  readonly flightRecorderRate: number;
}
