/** What a relay sends to be stored, as it comes. What is let through is what its type says. */
import { checkEvents } from "../core/events/guards.ts";
import { isObject } from "../core/is-object.ts";
import type { RelayToBackground } from "./extension.ts";

/** Longest page id that is believed. */
const LONGEST_ID = 64;

/** @returns null: it is none, or one that no relay of ours would send */
export function readAppend(message: unknown): RelayToBackground | null {
  if (!isObject(message) || message["to"] !== "background" || message["type"] !== "append") return null;
  const { page, top, url, origin, connections, events, after } = message;
  if (typeof page !== "string" || page.length > LONGEST_ID) return null;
  if (typeof top !== "boolean" || typeof url !== "string" || typeof origin !== "string") return null;
  if (typeof connections !== "number") return null;
  if (after !== undefined && typeof after !== "number") return null;
  return {
    to: "background",
    type: "append",
    page,
    top,
    url,
    origin,
    connections,
    events: checkEvents(events),
    ...(after === undefined ? {} : { after }),
  };
}
