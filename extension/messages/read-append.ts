/** Checks the events that a relay sends to be stored. The result has the declared type. */
import { checkEvents } from "../core/events/guards.ts";
import { isObject } from "../core/is-object.ts";
import type { RelayToBackground } from "./extension.ts";

/** Limits the page id. */
const LONGEST_ID = 64;

/** @returns null: it is not such a message, or not one of our relay */
export function readAppend(message: unknown): RelayToBackground | null {
  if (!isObject(message) || message["to"] !== "background" || message["type"] !== "append") return null;
  const { page, top, url, origin, connections, events, after, worker } = message;
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
    ...workerIn(worker),
  };
}

function workerIn(worker: unknown): Pick<RelayToBackground, "worker"> {
  if (!isObject(worker)) return {};
  const { tabId, recording } = worker;
  if (typeof tabId !== "number") return {};
  if (recording === undefined) return { worker: { tabId } };
  return typeof recording === "string" && recording.length <= LONGEST_ID
    ? { worker: { tabId, recording } }
    : {};
}
