/** What shows that a page may use SignalR. The hook decides; these only have to miss nothing. */
import { looksLikeNegotiate } from "../../extension/core/protocol/negotiate.ts";

const LONGEST_HANDSHAKE = 500;

/** A client's first frame, or the body of its first POST. */
export function looksLikeHandshake(data: unknown): boolean {
  if (typeof data !== "string" || data[0] !== "{") return false;
  const end = data.indexOf("\x1e");
  return end > 0 && end <= LONGEST_HANDSHAKE && data.includes('"protocol"');
}

/** The only check that most requests of a page go through: a negotiate, or an address with a connection token. */
export const couldBeSignalR = (url: string): boolean => url.includes("id=") || looksLikeNegotiate(url);
