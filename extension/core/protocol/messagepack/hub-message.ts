/**
 * A whole MessagePack hub message with its fields by name, as the protocol lists them. Unknown elements are included with their
 * index.
 */
import { COMPLETION, type MessageType } from "../terms.ts";
import { decodeMessagePack } from "./decode.ts";
import { newEnvelope } from "../json-scan.ts";
import { scanBinaryMessage } from "./envelope.ts";
import type { MessagePackValue } from "./values.ts";

export interface HubMessageField {
  readonly name: string;
  readonly value: MessagePackValue;
}

export interface DecodedHubMessage {
  /** 0: it could not be decoded. */
  readonly type: MessageType;
  /** In the order of the message; as many as could be read. */
  readonly fields: readonly HubMessageField[];
  /** The same as one value: an array, unless the message is broken. */
  readonly value: MessagePackValue | undefined;
  /** What is wrong with it, and at which byte. */
  readonly problem?: string;
  readonly problemAt?: number;
}

const INVOCATION = ["headers", "invocationId", "target", "arguments", "streamIds"];
const SEQUENCE = ["sequenceId"];

/** Names of the elements after the type. */
const NAMES: readonly (readonly string[])[] = [
  [],
  INVOCATION,
  ["headers", "invocationId", "item"],
  ["headers", "invocationId", "resultKind", "result"],
  INVOCATION,
  ["headers", "invocationId"],
  [],
  ["error", "allowReconnect"],
  SEQUENCE,
  SEQUENCE,
];
const RESULT = 4;
const ERROR_RESULT = 1;

/** @param bytes a message without its length */
export function decodeHubMessage(bytes: Uint8Array): DecodedHubMessage {
  const envelope = newEnvelope();
  scanBinaryMessage(bytes, 0, bytes.length, envelope);
  const { value, problem, problemAt } = decodeMessagePack(bytes);
  const type = envelope.type;
  const fields = value?.kind === "array" ? named(value.items) : [];
  const reason = envelope.problem ?? problem;
  const place = envelope.problem === undefined ? problemAt : envelope.problemAt;
  return {
    type,
    fields,
    value,
    ...(reason === undefined ? {} : { problem: reason }),
    ...(place === undefined ? {} : { problemAt: place }),
  };
}

function named(items: readonly MessagePackValue[]): HubMessageField[] {
  const [first] = items;
  const type = first?.kind === "integer" ? Number(first.value) : 0;
  const names = NAMES[type] ?? [];
  return items.map((value, i) => {
    if (i === 0) return { name: "type", value };
    if (type === COMPLETION && i === RESULT && isError(items[RESULT - 1])) return { name: "error", value };
    return { name: names[i - 1] ?? `element ${i}`, value };
  });
}

const isError = (kind: MessagePackValue | undefined): boolean =>
  kind?.kind === "integer" && kind.value === ERROR_RESULT;
