/** Binary messages, decoded on demand and cached. */
import type { HubMessage } from "../../../extension/core/events/events.ts";
import {
  decodeHubMessage,
  type DecodedHubMessage,
} from "../../../extension/core/protocol/messagepack/hub-message.ts";

export interface BinaryMessage {
  readonly bytes: Uint8Array;
  readonly decoded: DecodedHubMessage;
}

const known = new WeakMap<HubMessage, BinaryMessage>();

/** null: it isn't binary, or its payload was not recorded. */
export function binaryOf(message: HubMessage): BinaryMessage | null {
  if (message.binary === undefined) return null;
  let found = known.get(message);
  if (!found) {
    const bytes = bytesOf(message.binary);
    found = { bytes, decoded: decodeHubMessage(bytes) };
    known.set(message, found);
  }
  return found;
}

/** A file may contain invalid base64. */
function bytesOf(base64: string): Uint8Array {
  try {
    return Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
  } catch {
    return new Uint8Array();
  }
}
