import type { HubProtocol, ReadMessage } from "./hub-protocol.ts";
import { parseMessage } from "./parse-message.ts";

/** The character after every JSON message, and after the handshake in every protocol. */
const recordSeparator = 0x1e;

/** The text before the first record separator. */
export function readRecord(received: Buffer): ReadMessage<string> | undefined {
  const end = received.indexOf(recordSeparator);
  return end < 0 ? undefined : { message: received.toString("utf8", 0, end), bytes: end + 1 };
}

export function writeRecord(message: object): string {
  return JSON.stringify(message) + String.fromCharCode(recordSeparator);
}

export const jsonHubProtocol: HubProtocol = {
  transferFormat: "Text",
  read(received) {
    const record = readRecord(received);
    const message = record && parseMessage(record.message);
    return message && { message, bytes: record.bytes };
  },
  write: writeRecord,
};
