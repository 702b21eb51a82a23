/**
 * Messages in a JSON file of another tool: message inspectors write lists of them, each in a form of its own that isn't published. So they are
 * recognised by what every such list has: when a message came, in which direction, and what was in it.
 */
import { isTime } from "../events/field-types.ts";
import { isObject } from "../is-object.ts";
import { RECORD_SEPARATOR } from "../protocol/json-scan.ts";
import type { Direction } from "../protocol/terms.ts";
import type { EpochMilliseconds } from "../units.ts";

export interface ListedMessage {
  readonly t: EpochMilliseconds;
  readonly direction: Direction;
  /** As it was on the wire, with separators. */
  readonly text: string;
  /** Whatever names its connection; "": nothing does. */
  readonly connection: string;
  /** Of the hub; "": not known. */
  readonly url: string;
}

export interface MessageList {
  /** In order of time. */
  readonly messages: readonly ListedMessage[];
  /** Elements of the lists that can't be read as messages. */
  readonly unread: number;
}

/** Limits what a file may make of itself. */
const DEEPEST = 6;
const MOST = 500_000;
const LONGEST_TEXT = 4_000_000;
const LONGEST_NAME = 2_000;

const TIMES = [
  "timestamp",
  "time",
  "t",
  "date",
  "datetime",
  "at",
  "when",
  "createdAt",
  "receivedAt",
  "sentAt",
];
const DIRECTIONS = ["direction", "dir", "way", "kind", "type", "event", "eventType", "messageType"];
const SENT = ["sent", "send", "out", "outgoing", "outbound", "request", "client", "up", "upstream"];
const RECEIVED = [
  "received",
  "receive",
  "in",
  "incoming",
  "inbound",
  "response",
  "server",
  "down",
  "downstream",
];
const SENT_FLAGS = ["isSent", "sent", "outgoing", "isOutgoing", "fromClient"];
const CONTENTS = [
  "data",
  "payload",
  "message",
  "raw",
  "content",
  "body",
  "text",
  "frame",
  "rawData",
  "parsed",
];
const ADDRESSES = ["url", "hubUrl", "hub", "endpoint", "connectionUrl", "socketUrl", "uri", "address"];
const CONNECTIONS = ["connectionId", "connection", "socketId", "requestId", "sessionId"];
/** The first of these that a list has is taken as a name of what is in it. */
const OF_PARENT = ["id", ...CONNECTIONS];

interface Owner {
  readonly url: string;
  readonly connection: string;
}

/** @returns null: nothing in it looks like messages of SignalR */
export function readMessageList(root: unknown): MessageList | null {
  const messages: ListedMessage[] = [];
  let unread = 0;
  const walk = (value: unknown, owner: Owner, depth: number): void => {
    if (depth > DEEPEST || messages.length >= MOST) return;
    if (Array.isArray(value)) {
      for (const element of value as readonly unknown[]) {
        const message = readMessage(element, owner);
        if (message === "unread") unread++;
        else if (message) messages.push(message);
        else walk(element, owner, depth + 1);
      }
    } else if (isObject(value)) {
      const own = {
        url: addressIn(value) || owner.url,
        connection: firstText(value, OF_PARENT) || owner.connection,
      };
      for (const inner of Object.values(value)) if (typeof inner === "object") walk(inner, own, depth + 1);
    }
  };
  walk(root, { url: "", connection: "" }, 0);
  if (messages.length === 0) return null;
  return { messages: messages.toSorted((a, b) => a.t - b.t), unread };
}

/** "unread": a message without what is needed. null: none at all. */
function readMessage(value: unknown, owner: Owner): ListedMessage | "unread" | null {
  if (!isObject(value)) return null;
  const t = timeIn(value);
  const direction = directionIn(value);
  if (t === null || direction === null) return null;
  const text = textIn(value);
  if (text === null) return "unread";
  return {
    ...{ t, direction, text },
    connection: firstText(value, CONNECTIONS) || owner.connection,
    url: addressIn(value) || owner.url,
  };
}

/** In seconds, milliseconds or microseconds since 1970, or as a date. null: none, or not since 2015. */
function timeIn(value: Readonly<Record<string, unknown>>): EpochMilliseconds | null {
  for (const name of TIMES) {
    const time = value[name];
    const date = typeof time === "string" ? dateOf(time) : time;
    if (typeof date !== "number") continue;
    for (const factor of [1, 1_000, 0.001]) {
      const t = date * factor;
      if (isTime(t) && t > OLDEST && t < NEWEST) return t;
    }
  }
  return null;
}
const OLDEST = Date.UTC(2015, 0);
const NEWEST = Date.UTC(2100, 0);

const dateOf = (text: string): number => (/^\d+(\.\d+)?$/.test(text) ? Number(text) : Date.parse(text));

function directionIn(value: Readonly<Record<string, unknown>>): Direction | null {
  for (const name of DIRECTIONS) {
    const said = value[name];
    if (typeof said !== "string") continue;
    const word = said.toLowerCase().replace(/[-_ ]?(?:message|frame|data)$/, "");
    if (SENT.includes(word) || word === "↑") return "out";
    if (RECEIVED.includes(word) || word === "↓") return "in";
  }
  for (const name of SENT_FLAGS) if (typeof value[name] === "boolean") return value[name] ? "out" : "in";
  return null;
}

/** null: nothing in it is a message of SignalR's JSON protocol. */
function textIn(value: Readonly<Record<string, unknown>>): string | null {
  for (const name of CONTENTS) {
    const content = value[name];
    if (typeof content === "string" && looksLikeMessages(content))
      return ended(content.replaceAll(ESCAPED_SEPARATOR, RECORD_SEPARATOR).slice(0, LONGEST_TEXT));
    const texts = (Array.isArray(content) ? (content as readonly unknown[]) : [content]).flatMap(asMessage);
    if (texts.length > 0) return texts.join("").slice(0, LONGEST_TEXT);
  }
  // A message with the tool's own fields among its own.
  const own = Object.entries(value).filter(([name]) => OF_A_MESSAGE.includes(name));
  return asMessage(Object.fromEntries(own))[0] ?? null;
}
const OF_A_MESSAGE =
  "type headers invocationId target arguments streamIds item result error allowReconnect sequenceId".split(
    " ",
  );

/** As some tools write it. */
const ESCAPED_SEPARATOR = /\\u001e/gi;

/** One of them, or the answer to a handshake, `{}`. */
const looksLikeMessages = (text: string): boolean => /^\s*\{\s*["}]/.test(text);

const ended = (text: string): string => (text.endsWith(RECORD_SEPARATOR) ? text : text + RECORD_SEPARATOR);

/** A message that the tool has parsed: with its type, or a handshake. */
function asMessage(value: unknown): readonly string[] {
  if (!isObject(value)) return [];
  const { type, protocol, version } = value;
  const isMessage = typeof type === "number" && Number.isInteger(type) && type >= 1 && type <= 9;
  const isHandshake = typeof protocol === "string" && typeof version === "number";
  return isMessage || isHandshake ? [ended(JSON.stringify(value))] : [];
}

const addressIn = (value: Readonly<Record<string, unknown>>): string => {
  for (const name of ADDRESSES) {
    const url = value[name];
    if (typeof url === "string" && /^(?:https?|wss?):\/\/./i.test(url)) return url.slice(0, LONGEST_NAME);
  }
  return "";
};

function firstText(value: Readonly<Record<string, unknown>>, names: readonly string[]): string {
  for (const name of names) {
    const text = value[name];
    if (typeof text === "string" || typeof text === "number") return String(text).slice(0, LONGEST_NAME);
  }
  return "";
}
