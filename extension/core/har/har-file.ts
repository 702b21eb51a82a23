/**
 * Reads the SignalR connections of a whole log in the HAR format, whoever wrote it: Chrome, Edge, Firefox, Playwright, Fiddler, mitmproxy, or
 * Hubscope. Each page of the log becomes a page of the recording. Requests without a page are those of workers and of frames of another
 * site, as Chrome has them, or of a program that knows no pages.
 */
import type { RecordedEvent, Unstamped } from "../events/events.ts";
import { isTime } from "../events/field-types.ts";
import { isObject } from "../is-object.ts";
import { omitUndefined } from "../omit-undefined.ts";
import type { NegotiateAnswer } from "../protocol/negotiate.ts";
import type { TransportName } from "../protocol/terms.ts";
import { createUsedTokens, type UsedTokens } from "../redaction/used-tokens.ts";
import { shortened } from "../text/shortened.ts";
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import { readEntry, tokenIn, type HarEntry } from "./entry.ts";
import { createEventRecord, type EventRecord } from "./event-record.ts";
import { readHttpConnection, type HttpEntry } from "./http-connection.ts";
import { answerOf, begun, connectionIdOf, ended, isCertain } from "./negotiate-events.ts";
import { beginsLikeSignalR, createSocketReader } from "./socket-events.ts";
import { toldClose } from "./told-close.ts";
import type { Wanted } from "./wanted.ts";

export interface HarFile {
  readonly pages: readonly HarPage[];
  /** Of all entries, also those that have nothing to do with SignalR. */
  readonly requests: number;
  /** Program that wrote it, if it says so. */
  readonly writtenBy: string;
  /** What could not be read of SignalR's connections. */
  readonly unread: { readonly pages: number; readonly messages: number };
  /** WebSockets without any frame: the program doesn't keep them. */
  readonly withoutFrames: number;
  /** What came in them is not told. */
  readonly streams: number;
}

export interface HarPage {
  readonly url: string;
  readonly events: readonly RecordedEvent[];
}

const MAX_PAGES = 100;
const LONGEST_URL = 2_000;
const ALL: Wanted = { payloads: true, payloadCap: 64 * 1024, flightRecorderRate: Infinity };

/** An entry, and the object that it was read from. */
export interface Logged {
  readonly entry: HarEntry;
  readonly raw: Readonly<Record<string, unknown>>;
}

interface PageHead {
  readonly url: string;
  readonly openedAt: EpochMilliseconds | undefined;
  readonly isDocument: boolean;
}

/** @param log the object "log" of the file. null: it is none */
export function readHarFile(log: unknown): HarFile | null {
  if (!isObject(log) || !Array.isArray(log["entries"])) return null;
  const entries = log["entries"] as readonly unknown[];
  const heads = headsOf(log["pages"]);
  const groups = new Map<string, Logged[]>();
  for (const raw of entries) {
    const read = isObject(raw) ? readEntry(raw) : null;
    if (!read || !isObject(raw)) continue;
    const entry = { ...read, endedAt: read.endedAt ?? closedAt(read, raw) };
    const own = typeof raw["pageref"] === "string" ? raw["pageref"] : `script ${entry.scripts.at(-1) ?? ""}`;
    const group = groups.get(own) ?? [];
    groups.set(own, group);
    group.push({ entry, raw });
  }
  const tokens = createUsedTokens();
  const pages: HarPage[] = [];
  const unread = { pages: 0, messages: 0 };
  let withoutFrames = 0;
  let streams = 0;
  for (const [own, group] of groups) {
    group.sort((a, b) => a.entry.startedAt - b.entry.startedAt);
    const head = heads.get(own) ?? headOf(group);
    const read = readPage(head, group, tokens);
    unread.messages += read.unread;
    withoutFrames += read.withoutFrames;
    streams += read.streams;
    if (read.events.length === 0) continue;
    if (pages.length === MAX_PAGES) unread.pages++;
    else pages.push({ url: head.url, events: read.events });
  }
  return {
    pages,
    requests: entries.length,
    writtenBy: writtenBy(log["creator"]),
    unread,
    withoutFrames,
    streams,
  };
}

/** Playwright writes a WebSocket when it is over, and says so only by its duration: no part of it is known. */
function closedAt({ type, startedAt }: HarEntry, { time, timings }: Logged["raw"]): EpochMilliseconds | null {
  const isOver = type === "websocket" && isObject(timings) && timings["receive"] === -1;
  return isOver && typeof time === "number" && time > 0 && time < LONGEST_LIFE ? startedAt + time : null;
}
const LONGEST_LIFE: Milliseconds = 30 * 24 * 3_600_000;

/** Chrome's and Safari's title of a page is its address; Firefox's is the title that people see. */
function headsOf(pages: unknown): ReadonlyMap<string, PageHead> {
  const heads = new Map<string, PageHead>();
  for (const page of Array.isArray(pages) ? (pages as readonly unknown[]) : []) {
    if (!isObject(page) || typeof page["id"] !== "string") continue;
    const { title, startedDateTime } = page;
    const at = typeof startedDateTime === "string" ? Date.parse(startedDateTime) : NaN;
    heads.set(page["id"], {
      url: typeof title === "string" && /^[a-z][a-z0-9+.-]*:\/\//i.test(title) ? title.slice(0, 100_000) : "",
      openedAt: isTime(at) ? at : undefined,
      isDocument: true,
    });
  }
  return heads;
}

/** What its requests say of a page that the log doesn't name. */
function headOf(group: readonly Logged[]): PageHead {
  for (const { entry } of group) {
    const said = entry.scripts.at(-1) ?? entry.sentHeader("Referer") ?? entry.sentHeader("Origin");
    if (said !== undefined) return { url: said, openedAt: undefined, isDocument: false };
  }
  return { url: "", openedAt: undefined, isDocument: false };
}

interface PageRead {
  readonly events: readonly RecordedEvent[];
  readonly unread: number;
  readonly withoutFrames: number;
  readonly streams: number;
}

interface Negotiated {
  readonly request: number;
  readonly answer: NegotiateAnswer;
}

function readPage(head: PageHead, group: readonly Logged[], tokens: UsedTokens): PageRead {
  const userAgent = group.map(({ entry }) => entry.sentHeader("User-Agent")).find((one) => one !== undefined);
  const record = createEventRecord((t) => pageEvent(head, userAgent ?? "", t), undefined);
  const negotiated = new Map<string, Negotiated>();
  const byToken = new Map<string, HttpEntry[]>();
  let last = 0;
  let unread = 0;
  let withoutFrames = 0;
  let streams = 0;
  for (const { entry, raw } of group) {
    last = Math.max(last, entry.endedAt ?? entry.startedAt);
    const own = ownOf(raw);
    if (entry.type === "websocket" || own) {
      const by = negotiated.get(tokenIn(entry.url) ?? "");
      const framed = own ? { ...entry, frames: own.frames } : entry;
      if (!by && beginsLikeSignalR(framed) !== true) continue;
      if (framed.frames.length === 0 && entry.status === 101) withoutFrames++;
      const { events, lastAt } = readSocket({ entry: framed, raw }, own?.transport, by, record, tokens);
      record.add(events);
      for (const event of events) if (event.kind === "dropped") unread += event.count;
      last = Math.max(last, lastAt);
    } else if (entry.type === "http" || !isNegotiate(entry)) {
      const token = tokenIn(entry.url);
      if (token === undefined) continue;
      const requests = byToken.get(token) ?? [];
      byToken.set(token, requests);
      requests.push({ entry, raw });
    } else {
      const request = record.nextRequest();
      const answer = answerOf(entry);
      record.add([begun(entry, request, tokens), ...ended(entry, answer, request, tokens)]);
      if (answer?.connectionToken !== undefined)
        for (const form of [answer.connectionToken, encodeURIComponent(answer.connectionToken)])
          negotiated.set(form, { request, answer });
    }
  }
  for (const [token, requests] of byToken) {
    const by = negotiated.get(token);
    const read = readHttpConnection(requests, {
      socket: record.nextSocket(),
      request: by?.request,
      wanted: ALL,
      tokens,
    });
    if (!read) continue;
    record.add(read.events);
    unread += read.unread;
    if (read.isStream) streams++;
  }
  if (record.begun) record.add([{ kind: "still-open", t: last }]);
  return { events: record.take(tokens), unread, withoutFrames, streams };
}

/** A request of a client before 3.1 is one only by its answer. */
function isNegotiate(entry: HarEntry): boolean {
  if (isCertain(entry)) return true;
  const answer = answerOf(entry);
  return answer !== null && answer.legacyVersion === undefined;
}

/** In a log of Hubscope's own an event stream, or all polls of a connection, are one entry, with messages. */
function ownOf({ _signalrTransport: transport, _signalrMessages: frames }: Logged["raw"]): {
  readonly transport: "ServerSentEvents" | "LongPolling";
  readonly frames: readonly unknown[];
} | null {
  if (transport !== "ServerSentEvents" && transport !== "LongPolling") return null;
  return Array.isArray(frames) ? { transport, frames: frames as readonly unknown[] } : null;
}

function readSocket(
  { entry, raw }: Logged,
  transport: TransportName | undefined,
  by: Negotiated | undefined,
  record: EventRecord,
  tokens: UsedTokens,
): { readonly events: readonly Unstamped[]; readonly lastAt: EpochMilliseconds } {
  const place = {
    socket: record.nextSocket(),
    request: by?.request,
    connectionId: connectionIdOf(by?.answer ?? null),
    from: 0,
  };
  const read = createSocketReader(place, entry, tokens).read(entry, ALL);
  const told = toldClose(raw);
  const events = read.flatMap((event): Unstamped[] => {
    if (event.kind === "socket" && transport !== undefined) return [{ ...event, transport }];
    // Only a WebSocket has one.
    if (event.kind === "upgrade" && transport !== undefined) return [];
    if (event.kind !== "socket-closed" || !told) return [event];
    const { untold: _untold, ...closed } = event;
    return [{ ...closed, ...told }];
  });
  return { events, lastAt: events.reduce((latest, { t = 0 }) => Math.max(latest, t), 0) };
}

const pageEvent = (
  { url, openedAt, isDocument }: PageHead,
  userAgent: string,
  t: EpochMilliseconds,
): Unstamped => ({
  kind: "page",
  t: Math.min(t, openedAt ?? t),
  url: shortened(url, LONGEST_URL),
  userAgent,
  openedAt: openedAt ?? t,
  top: isDocument,
  visible: true,
  online: true,
  wasDiscarded: false,
  navigation: "unknown",
  probe: false,
  fromDevtools: true,
  importedFrom: "har",
});

const writtenBy = (creator: unknown): string => {
  const { name, version } = isObject(creator) ? omitUndefined(creator) : {};
  return [name, version].flatMap((one) => (typeof one === "string" ? [one.slice(0, 100)] : [])).join(" ");
};
