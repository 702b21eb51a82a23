import type { FaultName } from "../../../extension/core/faults/vocabulary.ts";
import type { AnyPair } from "../pair.ts";
import { LOSING } from "./losing.ts";
import { ON_THE_WAY } from "./on-the-way.ts";
import { REFUSING } from "./refusing.ts";
import { SERVER } from "./server.ts";
import { SILENCE } from "./silence.ts";
import { SLOWING } from "./slowing.ts";
import { TAB } from "./tab.ts";

export const PAIRS: readonly AnyPair[] = [
  ...LOSING,
  ...ON_THE_WAY,
  ...SILENCE,
  ...REFUSING,
  ...SLOWING,
  ...SERVER,
  ...TAB,
];

/** Faults that can't be compared, with the reason why no real break is available. */
export const NOT_COMPARED: Readonly<Partial<Record<FaultName, string>>> = {
  "drop-messages": "TCP never loses a message in the middle: there is nothing real to do",
  "duplicate-messages": "TCP never doubles a message: there is nothing real to do",
  discard: "the fault is the real thing: the browser discards the tab",
};
