/** What an interruption says beyond its fields, for those who count recoveries or look for the lost connection. */
import { firstIndex } from "../first-index.ts";
import type { Downtime, HubConnectionModel, TransportModel } from "./types.ts";

/** Whether the client had a connection again by itself: only then the time until its end is a recovery time. */
export function hasRecovered(one: Downtime): boolean {
  switch (one.outcome) {
    case "reconnected":
    case "resumed":
    case "restarted":
    case "connected":
      return true;
    case "ongoing":
    case "gave-up":
    case "stopped-by-app":
    case "closed-by-server":
    case "page-ended":
    case "recording-ended":
    case "failed":
    case "trying":
      return false;
  }
}

/** Orphaned ones may have been started after it. */
const NEAR = 20;

/** The transport connection that was lost; null: there was none, or it isn't known. */
export function transportBefore(hub: HubConnectionModel, one: Downtime): TransportModel | null {
  if (one.kind === "failed-start") return null;
  const { connectionIdBefore: id, from } = one;
  const { transports } = hub;
  const end = firstIndex(transports.length, (index) => (transports[index]?.from ?? 0) <= from);
  const before = transports.slice(Math.max(0, end - NEAR), end).filter(({ ghost }) => !ghost);
  return before.findLast(({ connectionId }) => id !== null && connectionId === id) ?? before.at(-1) ?? null;
}
