/**
 * HTTP connections to one host that SignalR holds open. A browser opens at most six of HTTP/1.1 to a host, for all its tabs
 * together; each event stream takes one for its life, and each poll one until it is answered. WebSockets don't count.
 */
import { hostOf } from "../protocol/addresses.ts";
import type { EpochMilliseconds } from "../units.ts";
import type { RecordingModel } from "./types.ts";

/** Chromium's and Firefox's limit for HTTP/1.1. HTTP/2 has none that matters here. */
export const MOST_CONNECTIONS = 6;

export interface HeldConnections {
  readonly eventStreams: number;
  readonly polls: number;
}

/** Counts the open ones of all pages of a recording (a page and its frames) at `t`. One that waits itself isn't open, and holds none. */
export function heldConnections(
  { hubs }: Pick<RecordingModel, "hubs">,
  host: string,
  t: EpochMilliseconds,
): HeldConnections {
  let eventStreams = 0;
  let polls = 0;
  for (const { transports } of hubs)
    for (const { transport, url, openedAt, until, closingByPage } of transports) {
      if (transport === "WebSockets" || openedAt === null || openedAt > t) continue;
      if ((until ?? closingByPage?.t ?? Infinity) <= t || hostOf(url) !== host) continue;
      if (transport === "ServerSentEvents") eventStreams++;
      else polls++;
    }
  return { eventStreams, polls };
}
