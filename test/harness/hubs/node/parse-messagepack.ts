import { type HubMessage, MessageType } from "./hub-messages.ts";
import { invalidData } from "./server-error.ts";

/** Kinds of completions, as numbers: an error follows, nothing follows, a result follows. */
const errorResult = 1;
const voidResult = 2;
const valueResult = 3;

/** Reads the fields of one message from a client; undefined for a type this server doesn't know. */
export function parseMessagePack(fields: unknown): HubMessage | undefined {
  if (!Array.isArray(fields)) throw invalidData("Reading array length for 'elementCount' failed.");
  const [type, ...rest] = fields as unknown[];
  switch (type) {
    case MessageType.Invocation:
    case MessageType.StreamInvocation: {
      const [, invocationId, target, args, streamIds] = rest;
      return {
        type,
        ...(invocationId === null || invocationId === ""
          ? {}
          : { invocationId: text(invocationId, "invocationId") }),
        target: text(target, "target"),
        arguments: list(args, "arguments"),
        ...(streamIds === undefined ? {} : { streamIds: list(streamIds, "streamIds").map(String) }),
      };
    }
    case MessageType.StreamItem:
      return { type, invocationId: text(rest[1], "invocationId"), item: rest[2] };
    case MessageType.Completion:
      return { type, invocationId: text(rest[1], "invocationId"), ...outcome(rest[2], rest[3]) };
    case MessageType.CancelInvocation:
      return { type, invocationId: text(rest[1], "invocationId") };
    case MessageType.Ping:
      return { type };
    case MessageType.Close:
      return {
        type,
        ...(typeof rest[0] === "string" ? { error: rest[0] } : {}),
        ...(rest[1] === true ? { allowReconnect: true } : {}),
      };
    case MessageType.Ack:
    case MessageType.Sequence:
      return { type, sequenceId: Number(rest[0]) };
    default:
      if (typeof type === "number") return undefined;
      throw invalidData("Reading 'messageType' as Int32 failed.");
  }
}

function outcome(kind: unknown, value: unknown): { error?: string; result?: unknown } {
  switch (kind) {
    case errorResult:
      return { error: String(value) };
    case voidResult:
      return {};
    case valueResult:
      return { result: value };
    default:
      throw invalidData("Invalid invocation result kind.");
  }
}

function text(value: unknown, field: string): string {
  if (typeof value !== "string") throw invalidData(`Reading '${field}' as String failed.`);
  return value;
}

function list(value: unknown, field: string): unknown[] {
  if (!Array.isArray(value)) throw invalidData(`Reading array length for '${field}' failed.`);
  return value;
}
