/** What delayed calls, in words. Pure. */
import type { Queued } from "../core/diagnosis/call-queue.ts";
import type { HeldBack } from "../core/diagnosis/held-back.ts";
import { duration } from "../core/text/format.ts";

export const queuedWords = ({ behind, length }: Queued): string =>
  `waited ${duration(length)} behind ${behind.target}, inferred`;

export const QUEUED_WHY =
  "The server runs the calls of a connection one after the other, unless MaximumParallelInvocationsPerClient allows more: answers come in order, and this one came right after the slower call's.";

export const heldBackWords = ({ withPing, answers, longest }: HeldBack): string =>
  `${withPing} of ${answers} answers came together with the server's next ping, after up to ${duration(longest)}: probably a proxy buffers what the server sends (inferred). nginx needs proxy_buffering off.`;
