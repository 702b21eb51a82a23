/** The handshake: always JSON text followed by 0x1E, whatever the hub protocol is. */
import { RECORD_SEPARATOR } from "./json-scan.ts";

export interface HandshakeRequest {
  readonly protocol: string;
  readonly version: number;
  /** Length of the handshake in the frame, its separator included: more may follow in the same frame. */
  readonly length: number;
}

/** The first frame that a client sends, when it is a handshake request. Anything else is not SignalR. */
export function readHandshakeRequest(text: string): HandshakeRequest | null {
  const end = text.indexOf(RECORD_SEPARATOR);
  if (end < 0 || end > 500 || !text.startsWith("{")) return null;
  const value = parse(text.slice(0, end));
  if (!value || typeof value["protocol"] !== "string" || typeof value["version"] !== "number") return null;
  return { protocol: value["protocol"], version: value["version"], length: end + 1 };
}

export interface HandshakeResponse {
  readonly error: string | undefined;
  readonly length: number;
}

/** The first frame that a server sends. null: not a handshake response. */
export function readHandshakeResponse(text: string): HandshakeResponse | null {
  const end = text.indexOf(RECORD_SEPARATOR);
  if (end < 0) return null;
  const value = parse(text.slice(0, end));
  // With a type it is a hub message, not a handshake response.
  if (!value || value["type"] !== undefined) return null;
  return { error: typeof value["error"] === "string" ? value["error"] : undefined, length: end + 1 };
}

function parse(text: string): Record<string, unknown> | null {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : null;
  } catch {
    return null;
  }
}
