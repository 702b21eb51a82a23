import { type HubMessage, MessageType } from "./hub-messages.ts";
import { invalidData } from "./server-error.ts";

/** Reads one JSON message from a client; undefined for a type this server doesn't know. */
export function parseMessage(text: string): HubMessage | undefined {
  const fields = parseObject(text);
  switch (fields.type) {
    case undefined:
      throw invalidData("Missing required property 'type'.");
    case MessageType.Invocation:
    case MessageType.StreamInvocation:
      return {
        type: fields.type,
        ...(fields.invocationId === undefined ? {} : { invocationId: required(fields, "invocationId") }),
        target: required(fields, "target"),
        arguments: list(fields, "arguments"),
        ...(fields.streamIds === undefined ? {} : { streamIds: list(fields, "streamIds").map(String) }),
      };
    case MessageType.StreamItem:
      return { type: fields.type, invocationId: required(fields, "invocationId"), item: fields.item };
    case MessageType.Completion:
      if ("result" in fields && "error" in fields)
        throw invalidData("The 'error' and 'result' properties are mutually exclusive.");
      return {
        type: fields.type,
        invocationId: required(fields, "invocationId"),
        ...("result" in fields ? { result: fields.result } : {}),
        ...("error" in fields ? { error: required(fields, "error") } : {}),
      };
    case MessageType.CancelInvocation:
      return { type: fields.type, invocationId: required(fields, "invocationId") };
    case MessageType.Ping:
      return { type: fields.type };
    case MessageType.Close:
      return {
        type: fields.type,
        ...("error" in fields ? { error: String(fields.error) } : {}),
        ...(fields.allowReconnect === true ? { allowReconnect: true } : {}),
      };
    case MessageType.Ack:
    case MessageType.Sequence:
      return { type: fields.type, sequenceId: Number(fields.sequenceId) };
    default:
      if (typeof fields.type === "number") return undefined;
      throw invalidData("Expected 'type' to be of type Number.");
  }
}

export type Fields = Record<string, unknown>;

/** Parses text that must be a JSON object. */
export function parseObject(text: string): Fields {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    throw invalidData("Error reading JSON.");
  }
  if (isFields(value)) return value;
  throw invalidData(`Unexpected JSON Token Type '${tokenType(value)}'. Expected a JSON Object.`);
}

function tokenType(value: unknown): string {
  if (Array.isArray(value)) return "Array";
  if (value === null) return "Null";
  return (
    { string: "String", number: "Number", boolean: value ? "True" : "False" }[typeof value as string] ??
    "None"
  );
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function required(fields: Fields, name: string): string {
  const value = fields[name];
  if (value === undefined) throw invalidData(`Missing required property '${name}'.`);
  if (typeof value !== "string") throw invalidData(`Expected '${name}' to be of type String.`);
  return value;
}

function list(fields: Fields, name: string): unknown[] {
  const value = fields[name];
  if (value === undefined) throw invalidData(`Missing required property '${name}'.`);
  if (!Array.isArray(value)) throw invalidData(`Expected '${name}' to be of type Array.`);
  return value;
}
