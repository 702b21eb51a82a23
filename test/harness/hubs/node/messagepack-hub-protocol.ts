import { decode, encode } from "@msgpack/msgpack";
import { type HubMessage, MessageType } from "./hub-messages.ts";
import type { HubProtocol, ReadMessage } from "./hub-protocol.ts";
import { parseMessagePack } from "./parse-messagepack.ts";
import { invalidData } from "./server-error.ts";

/** The number after a completion's id, which says what follows. */
const resultKind = { error: 1, nothing: 2, value: 3 };
const longestPrefix = 5;

export const messagePackHubProtocol: HubProtocol = {
  transferFormat: "Binary",
  read(received) {
    const framed = readFramed(received);
    const message = framed && parseMessagePack(decoded(framed.message));
    return message && { message, bytes: framed.bytes };
  },
  write(message) {
    const body = encode(fieldsOf(message), { ignoreUndefined: true });
    return Buffer.concat([lengthPrefix(body.length), body]);
  },
};

/**
 * Before every message stands its length, with seven bits per byte, the lowest first. The eighth bit says that another
 * byte follows.
 */
function readFramed(received: Buffer): ReadMessage<Buffer> | undefined {
  let length = 0;
  for (let index = 0; index < Math.min(longestPrefix, received.length); index++) {
    const byte = received[index] ?? 0;
    length += (byte & 0x7f) * 2 ** (7 * index);
    if (byte & 0x80) continue;
    const end = index + 1 + length;
    return received.length < end ? undefined : { message: received.subarray(index + 1, end), bytes: end };
  }
  if (received.length < longestPrefix) return undefined;
  throw new RangeError("Messages over 2GB in size are not supported.");
}

function lengthPrefix(length: number): Buffer {
  const bytes: number[] = [];
  let rest = length;
  for (; rest > 0x7f; rest >>= 7) bytes.push((rest & 0x7f) | 0x80);
  return Buffer.from([...bytes, rest]);
}

function decoded(body: Buffer): unknown {
  try {
    return decode(body);
  } catch {
    throw invalidData("Reading the message as MessagePack failed.");
  }
}

function fieldsOf(message: HubMessage): unknown[] {
  const { type } = message;
  const headers = {};
  switch (type) {
    case MessageType.Invocation:
    case MessageType.StreamInvocation: {
      const { invocationId = null, target, arguments: args, streamIds = [] } = message;
      return [type, headers, invocationId, target, args, streamIds];
    }
    case MessageType.StreamItem:
      return [type, headers, message.invocationId, message.item];
    case MessageType.Completion: {
      const { invocationId, error, result } = message;
      if (error !== undefined) return [type, headers, invocationId, resultKind.error, error];
      if (result === undefined) return [type, headers, invocationId, resultKind.nothing];
      return [type, headers, invocationId, resultKind.value, result];
    }
    case MessageType.CancelInvocation:
      return [type, headers, message.invocationId];
    case MessageType.Ping:
      return [type];
    case MessageType.Close:
      return [type, message.error ?? null, message.allowReconnect ?? false];
    case MessageType.Ack:
    case MessageType.Sequence:
      return [type, message.sequenceId];
  }
}
