/** Names of transport connections: the transport, and a number among those that opened. Pure. */
import type { TransportName } from "../core/protocol/terms.ts";
import type { TransportModel } from "../core/model/types.ts";

export const KIND_WORD: Readonly<Record<TransportName, string>> = {
  WebSockets: "WebSocket",
  ServerSentEvents: "Event stream",
  LongPolling: "Long polling",
};

/** Only opened ones are counted, without orphaned sockets. */
const numberOf = (transports: readonly TransportModel[], index: number): number =>
  Math.max(
    1,
    transports.slice(0, index + 1).filter(({ openedAt, ghost }) => openedAt !== null && !ghost).length,
  );

/** "WebSocket 2", "Long polling 3"; without a number if it never opened or is an orphaned socket. */
export function transportName(transports: readonly TransportModel[], index: number): string {
  const own = transports[index];
  if (!own) return "";
  if (own.ghost) return `Orphaned ${KIND_WORD[own.transport]}`;
  const kind = KIND_WORD[own.transport];
  return own.openedAt === null ? kind : `${kind} ${numberOf(transports, index)}`;
}

/** It was started to resume the connection before it. */
export function isSameId(transports: readonly TransportModel[], index: number): boolean {
  const id = transports[index]?.connectionId;
  return id != null && transports.slice(0, index).some(({ connectionId }) => connectionId === id);
}

/** How it ended, in short: "1006", "HTTP 404", "no answer", "error", "not told". */
export function endShort({ closed }: TransportModel): string {
  if (!closed) return "";
  if (closed.untold) return "not told";
  if (closed.code !== null) return String(closed.code);
  if (closed.status === undefined) return "error";
  return closed.status === null ? "no answer" : `HTTP ${closed.status}`;
}
