/** A WebSocket of a log, with how it closed as far as that is told. In a log of Hubscope's own also connections of other transports. */
import type { Unstamped } from "../events/events.ts";
import { omitUndefined } from "../omit-undefined.ts";
import type { TransportName } from "../protocol/terms.ts";
import type { UsedTokens } from "../redaction/used-tokens.ts";
import type { Logged } from "./har-pages.ts";
import { createSocketReader, type SocketPlace } from "./socket-events.ts";
import { toldClose } from "./told-close.ts";
import type { Wanted } from "./wanted.ts";

/** In a log of Hubscope's own an event stream, or all polls of a connection, are one entry, with messages. */
export function ownOf({ _signalrTransport: transport, _signalrMessages: frames }: Logged["raw"]): {
  readonly transport: "ServerSentEvents" | "LongPolling";
  readonly frames: readonly unknown[];
} | null {
  if (transport !== "ServerSentEvents" && transport !== "LongPolling") return null;
  return Array.isArray(frames) ? { transport, frames: frames as readonly unknown[] } : null;
}

export function readSocket(
  { entry, raw }: Logged,
  transport: TransportName | undefined,
  place: SocketPlace,
  wanted: Wanted,
  tokens: UsedTokens,
): readonly Unstamped[] {
  const read = createSocketReader(place, entry, tokens).read(entry, wanted);
  const told = toldClose(raw);
  return read.flatMap((event): Unstamped[] => {
    if (event.kind === "socket" && transport !== undefined) return [{ ...event, transport }];
    // Only a WebSocket has one.
    if (event.kind === "upgrade" && transport !== undefined) return [];
    if (event.kind !== "socket-closed" || !told) return [event];
    const { untold: _untold, ...closed } = event;
    return [{ ...closed, ...told, ...omitUndefined({ byServiceWorker: entry.byServiceWorker }) }];
  });
}
