/** What shows that a page may use SignalR. The hook decides; these only have to miss nothing. */
import { looksLikeNegotiate } from "../../extension/core/protocol/negotiate.ts";

const BRACE = 123;

/** A client's first frame, or the body of its first POST. A handshake isn't longer than 500 characters. */
export function looksLikeHandshake(data: unknown): boolean {
  if (typeof data !== "string") return beginsWithBrace(data);
  const start = data.slice(0, 501);
  return start[0] === "{" && start.includes("\x1e") && start.includes('"protocol"');
}

/** Whether binary data begins with `{`: the .NET client sends the handshake of a binary protocol in a binary frame. */
function beginsWithBrace(data: unknown): boolean {
  try {
    const isView = ArrayBuffer.isView(data);
    const bytes = isView ? new DataView(data.buffer, data.byteOffset) : new DataView(data as ArrayBuffer);
    return bytes.getUint8(0) === BRACE;
  } catch {
    return false; // neither a buffer nor a view of one
  }
}

/** The only check that most requests of a page go through: a negotiate, or an address with a connection token. */
export const couldBeSignalR = (url: string): boolean => url.includes("id=") || looksLikeNegotiate(url);
