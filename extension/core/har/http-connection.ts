/**
 * One connection over Server-Sent Events or long polling: its requests have the connection token in their address. A log has no times of
 * what came in a stream: of that only the handshake is told, as soon as something shows that it was there.
 */
import type { Unstamped } from "../events/events.ts";
import type { RequestId, SocketId } from "../ids.ts";
import { isObject } from "../is-object.ts";
import { omitUndefined } from "../omit-undefined.ts";
import { readHandshakeRequest, readHandshakeResponse } from "../protocol/handshake.ts";
import { RECORD_SEPARATOR } from "../protocol/json-scan.ts";
import { readUtf8 } from "../protocol/messagepack/utf8.ts";
import type { Direction } from "../protocol/terms.ts";
import { plainWords } from "../text/html-text.ts";
import type { UsedTokens } from "../redaction/used-tokens.ts";
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import type { HarEntry } from "./entry.ts";
import { createMessageReader, type MessageEvent } from "./messages.ts";
import type { Wanted } from "./wanted.ts";

export interface HttpEntry {
  readonly entry: HarEntry;
  readonly raw: Readonly<Record<string, unknown>>;
}

interface Place {
  readonly socket: SocketId;
  readonly request: RequestId | undefined;
  readonly wanted: Wanted;
  readonly tokens: UsedTokens;
}

interface HttpConnectionRead {
  /** An event stream: what came in it is left out. */
  readonly isStream: boolean;
  readonly events: readonly Unstamped[];
  /** Messages without a time, or without a content. */
  readonly unread: number;
}

const LONGEST_BODY = 8_000_000;
const LONGEST_ERROR = 300;

type Body = string | Uint8Array;

/** @returns null: it is no connection of SignalR, as far as its requests tell */
export function readHttpConnection(
  requests: readonly HttpEntry[],
  { socket, request, wanted, tokens }: Place,
): HttpConnectionRead | null {
  const [first] = requests;
  const isStream = requests.some(isEventStream);
  const says = requests.some(
    (one) => one.entry.method === "POST" && readHandshakeRequest(beginOf(sentBody(one.raw))) !== null,
  );
  if (!first || (request === undefined && !says)) return null;
  const events: Unstamped[] = [];
  const messages = createMessageReader(socket);
  let unread = 0;
  let opened = false;
  let over = false;
  let saidFirst = false;
  let heardFirst = false;
  const read = (t: EpochMilliseconds, direction: Direction, body: Body): void => {
    let rest = body;
    const known = direction === "out" ? saidFirst : heardFirst;
    if (!known) {
      const handshake = handshakeIn(direction, body);
      if (direction === "out") saidFirst = true;
      else heardFirst = true;
      if (handshake) {
        const { length, protocol, version, error } = handshake;
        if (protocol !== undefined) messages.protocol = protocol;
        events.push({
          kind: "handshake",
          t,
          socket,
          direction,
          ...omitUndefined({ protocol, version, error }),
        });
        rest = typeof body === "string" ? body.slice(length) : body.subarray(length);
      }
    }
    // A text that a program has kept as bytes is a text.
    const data = messages.protocol === "json" && typeof rest !== "string" ? utf8.decode(rest) : rest;
    if (data.length === 0) return;
    for (const message of messages.read(t, direction, data, wanted, tokens.texts))
      events.push(isStream && direction === "out" ? withoutAnswer(message) : message);
  };
  const heard = (t: EpochMilliseconds): void => {
    // A client sends nothing before the answer to its handshake.
    if (!saidFirst || heardFirst) return;
    heardFirst = true;
    events.push({ kind: "handshake", t, socket, direction: "in" });
  };
  const open = (t: EpochMilliseconds): void => {
    if (!opened) events.push({ kind: "socket-opened", t, socket });
    opened = true;
  };
  /** @param entry what ended it */
  const close = (t: EpochMilliseconds, entry: HarEntry, wasClean: boolean, untold: boolean): void => {
    if (!over)
      events.push({
        ...{ kind: "socket-closed", t, socket, code: null, reason: "", wasClean },
        ...omitUndefined({
          status: isStream ? undefined : entry.method === "GET" ? entry.status : null,
          error: wasClean || untold ? undefined : errorOf(entry),
          untold: untold ? true : undefined,
          byServiceWorker: untold ? undefined : entry.byServiceWorker,
        }),
      });
    over = true;
  };
  const readPoll = ({ entry, raw }: HttpEntry): void => {
    const { endedAt, status, startedAt } = entry;
    if (endedAt === null) return;
    if (isAborted(entry)) {
      // Its next request shows why: another poll, or the DELETE.
      events.push(requestEvent(socket, entry, endedAt - startedAt));
      return;
    }
    if (status !== 200) {
      close(endedAt, entry, status === 204, status === null && entry.error === undefined);
      return;
    }
    const body = gotBody(raw);
    if (!opened) open(endedAt);
    else if (body === null || body.length === 0)
      events.push(requestEvent(socket, entry, endedAt - startedAt));
    if (body === null) unread++;
    else if (body.length > 0) read(endedAt, "in", body);
  };
  const readStream = ({ entry, raw }: HttpEntry): void => {
    const { status, startedAt, endedAt } = entry;
    const answered = startedAt + timeOf(raw, ["blocked", "dns", "connect", "send", "wait"]);
    if (status === 200) open(Math.min(answered, endedAt ?? answered));
    const text = gotBody(raw);
    if (typeof text === "string") unread += Math.max(0, (text.match(/^data:/gm)?.length ?? 0) - 1);
    if (endedAt === null) return;
    // Programs that know only when a stream began say that it ended then.
    const until = Math.max(endedAt, lastSend);
    if (isAborted(entry)) events.push({ kind: "socket-closing", t: until, socket, duringMessage: false });
    if (isAborted(entry) || status !== 200 || endedAt >= lastSend) close(until, entry, true, status === 200);
  };
  const readSend = ({ entry, raw }: HttpEntry): void => {
    const { startedAt, endedAt, status } = entry;
    const body = sentBody(raw);
    if (isOk(status)) {
      if (saidFirst) heard(startedAt);
      if (body === null) unread++;
      else read(startedAt, "out", body);
    } else if (endedAt !== null) events.push(requestEvent(socket, entry, endedAt - startedAt));
  };

  const lastSend = requests.reduce(
    (latest, { entry }) => (entry.method === "POST" ? Math.max(latest, entry.startedAt) : latest),
    0,
  );
  const { startedAt: t, url } = first.entry;
  tokens.rememberOf(url, first.entry.sentHeader("Authorization") ?? null);
  const transport = isStream ? "ServerSentEvents" : "LongPolling";
  events.push({ kind: "socket", t, socket, transport, url, ...omitUndefined({ request }) });
  for (const one of requests.toSorted((a, b) => momentOf(a) - momentOf(b))) {
    const { method, startedAt, endedAt } = one.entry;
    if (method === "POST") readSend(one);
    else if (method === "DELETE") {
      events.push({ kind: "socket-closing", t: startedAt, socket, duringMessage: false });
      if (endedAt === null) continue;
      events.push(requestEvent(socket, one.entry, endedAt - startedAt));
      close(endedAt, one.entry, isOk(one.entry.status), false);
    } else if (isEventStream(one)) readStream(one);
    else readPoll(one);
  }
  if (unread > 0) events.push({ kind: "dropped", t: lastOf(events), where: "hook", count: unread });
  return { isStream, events, unread };
}

/** When it says something: a poll by its answer. */
const momentOf = (one: HttpEntry): EpochMilliseconds =>
  one.entry.method === "GET" && !isEventStream(one) ? (one.entry.endedAt ?? Infinity) : one.entry.startedAt;

/** The answers are in the stream, and have no time: without its id a call doesn't wait for one. */
function withoutAnswer(event: MessageEvent): MessageEvent {
  if (event.kind !== "message") return event;
  const { invocationId: _id, ...message } = event;
  return message;
}

const isOk = (status: number | null): boolean => status !== null && status >= 200 && status < 300;

/** By the page itself. */
const isAborted = ({ error, status }: HarEntry): boolean =>
  /abort/i.test(error ?? "") && (status === null || status === 200);

const utf8 = new TextDecoder();

const lastOf = (events: readonly Unstamped[]): EpochMilliseconds =>
  events.reduce((latest, { t = 0 }) => Math.max(latest, t), 0);

const isEventStream = ({ entry, raw }: HttpEntry): boolean =>
  entry.method === "GET" &&
  (raw["_resourceType"] === "eventsource" ||
    /event-stream/i.test(entry.gotHeader("Content-Type") ?? entry.sentHeader("Accept") ?? ""));

const requestEvent = (socket: SocketId, entry: HarEntry, duration: Milliseconds): Unstamped => ({
  kind: "transport-request",
  t: entry.endedAt ?? entry.startedAt,
  socket,
  method: entry.method === "POST" || entry.method === "DELETE" ? entry.method : "GET",
  duration,
  status: entry.status,
  ...omitUndefined({
    error: entry.status === null ? entry.error : undefined,
    byServiceWorker: entry.byServiceWorker,
  }),
});

function errorOf({ error, body, statusText }: HarEntry): string | undefined {
  const words = error ?? (plainWords(body ?? "") || statusText);
  return words === "" ? undefined : words.slice(0, LONGEST_ERROR);
}

function handshakeIn(
  direction: Direction,
  body: Body,
): { length: number; protocol?: string; version?: number; error?: string | undefined } | null {
  const text = beginOf(body);
  return direction === "out" ? readHandshakeRequest(text) : readHandshakeResponse(text);
}

function beginOf(body: Body | null): string {
  if (body === null || typeof body === "string") return body ?? "";
  return readUtf8(body, 0, Math.min(body.length, body.indexOf(RECORD_SEPARATOR.charCodeAt(0)) + 1));
}

const sentBody = ({ request }: HttpEntry["raw"]): Body | null =>
  isObject(request) && isObject(request["postData"]) ? bodyIn(request["postData"]) : null;

const gotBody = ({ response }: HttpEntry["raw"]): Body | null =>
  isObject(response) && isObject(response["content"]) ? bodyIn(response["content"]) : null;

/** null: it isn't there, or it can't be read. */
function bodyIn({ text, encoding, size }: Readonly<Record<string, unknown>>): Body | null {
  if (text === undefined && size === 0) return "";
  if (typeof text !== "string" || text.length > LONGEST_BODY) return null;
  if (encoding !== "base64") return text;
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    return null; // no base64
  }
}

/** -1 is no time. */
function timeOf({ timings }: HttpEntry["raw"], names: readonly string[]): Milliseconds {
  if (!isObject(timings)) return 0;
  return names.reduce((sum, name) => {
    const time = timings[name];
    return typeof time === "number" && time > 0 && time < 1e9 ? sum + time : sum;
  }, 0);
}
