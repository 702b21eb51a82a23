/** A list of messages as a page: what is known of its connections is that they carried these messages. */
import type { RecordedEvent, Unstamped } from "../events/events.ts";
import { createEventRecord } from "../har/event-record.ts";
import { createMessageReader } from "../har/messages.ts";
import type { Wanted } from "../har/wanted.ts";
import { readHandshakeRequest, readHandshakeResponse } from "../protocol/handshake.ts";
import { createUsedTokens, type UsedTokens } from "../redaction/used-tokens.ts";
import { omitUndefined } from "../omit-undefined.ts";
import type { ListedMessage } from "./message-list.ts";

const ALL: Wanted = { payloads: true, payloadCap: 64 * 1024, flightRecorderRate: Infinity };
/** Limits what a file may make of itself. */
const MAX_CONNECTIONS = 1_000;
/** A hub must have an address: of one that the file doesn't name. */
const NO_ADDRESS = "https://unknown.invalid/";

export interface MessagePage {
  readonly url: string;
  readonly events: readonly RecordedEvent[];
}

/** @param messages at least one, in order of time */
export function pageOfMessages(messages: readonly ListedMessage[]): MessagePage {
  const tokens = createUsedTokens();
  const first = messages[0]?.t ?? 0;
  const record = createEventRecord((t) => pageEvent(originOf(messages[0]?.url ?? ""), t), undefined);
  const connections = new Map<string, ListedMessage[]>();
  for (const message of messages) {
    const key = JSON.stringify([message.connection, message.url]);
    const own = connections.get(key);
    if (own) own.push(message);
    else if (connections.size < MAX_CONNECTIONS) connections.set(key, [message]);
  }
  for (const own of connections.values()) record.add(connectionEvents(own, record.nextSocket(), tokens));
  record.add([{ kind: "still-open", t: messages.at(-1)?.t ?? first }]);
  return { url: originOf(messages[0]?.url ?? ""), events: record.take(tokens) };
}

function connectionEvents(
  messages: readonly ListedMessage[],
  socket: number,
  tokens: UsedTokens,
): readonly Unstamped[] {
  const [first] = messages;
  if (!first) return [];
  const url = first.url || NO_ADDRESS;
  tokens.rememberOf(url, null);
  const reader = createMessageReader(socket);
  const beginsItself = readHandshakeRequest(first.text) !== null;
  const place = { socket, url, transport: "WebSockets" } as const;
  const events: Unstamped[] = beginsItself
    ? [
        { kind: "socket", t: first.t, ...place },
        { kind: "socket-opened", t: first.t, socket },
      ]
    : // It was connected before the first message that the tool has.
      [{ kind: "socket", t: first.t, ...place, already: "connected", since: first.t, protocol: "json" }];
  let said = !beginsItself;
  let heard = !beginsItself;
  for (const { t, direction, text } of messages) {
    let rest = text;
    if (direction === "out" ? !said : !heard) {
      const handshake = direction === "out" ? readHandshakeRequest(text) : readHandshakeResponse(text);
      if (direction === "out") said = true;
      else heard = true;
      // Its answer isn't in the list, but a message shows that it came.
      if (!handshake && direction === "in") events.push({ kind: "handshake", t, socket, direction });
      if (handshake) {
        const { length, ...told } = handshake;
        events.push({ kind: "handshake", t, socket, direction, ...omitUndefined(told) });
        rest = text.slice(length);
      }
    }
    if (rest !== "") events.push(...reader.read(t, direction, rest, ALL, tokens.texts));
  }
  return events;
}

const pageEvent = (url: string, t: number): Unstamped => ({
  ...{ kind: "page", t, url, userAgent: "", openedAt: t, top: true, visible: true, online: true },
  ...{ wasDiscarded: false, navigation: "unknown", probe: false, midway: true },
  ...{ fromDevtools: true, importedFrom: "messages" },
});

/** Which page it was isn't known, only where its hub is. */
function originOf(url: string): string {
  try {
    return new URL(url.replace(/^ws/i, "http")).origin;
  } catch {
    return "";
  }
}
