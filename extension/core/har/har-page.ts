/** The events of one document of a log. */
import type { RecordedEvent, Unstamped } from "../events/events.ts";
import type { RequestId } from "../ids.ts";
import { hubUrlOf } from "../protocol/addresses.ts";
import type { NegotiateAnswer } from "../protocol/negotiate.ts";
import type { UsedTokens } from "../redaction/used-tokens.ts";
import { shortened } from "../text/shortened.ts";
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import { tokenIn, type HarEntry } from "./entry.ts";
import { createEventRecord } from "./event-record.ts";
import { lastFrame, readFrame } from "./frames.ts";
import type { HarDocument, Logged } from "./har-pages.ts";
import { ownOf, readSocket } from "./har-socket.ts";
import { readHttpConnection, type HttpEntry } from "./http-connection.ts";
import { answerOf, begun, connectionIdOf, ended, isCertain } from "./negotiate-events.ts";
import { beginsLikeSignalR } from "./socket-events.ts";
import { SUPERSEDED, toldEnd } from "./told-close.ts";
import type { Wanted } from "./wanted.ts";

export interface HarPageRead {
  readonly events: readonly RecordedEvent[];
  /** Messages that could not be read. */
  readonly unread: number;
  /** WebSockets without any frame, or whose frames have no times. They are left out, with their negotiates. */
  readonly withoutFrames: number;
  /** Negotiates whose answer isn't in the log. Left out. */
  readonly withoutAnswer: number;
  /** Event streams: what came in them is not told. */
  readonly streams: number;
}

const LONGEST_URL = 2_000;
const ALL: Wanted = { payloads: true, payloadCap: 64 * 1024, flightRecorderRate: Infinity };
/** A connection that ends so shortly before the next document ends because of it. */
const LEAVING: Milliseconds = 1_000;

interface Negotiate {
  readonly entry: HarEntry;
  readonly request: RequestId;
  /** null: there was none that says anything. */
  readonly answer: NegotiateAnswer | null;
  isLeftOut: boolean;
}

export function readHarPage(document: HarDocument, tokens: UsedTokens): HarPageRead {
  const { requests, leftAt } = document;
  const userAgent = requests
    .map(({ entry }) => entry.sentHeader("User-Agent"))
    .find((one) => one !== undefined);
  const record = createEventRecord((t) => pageEvent(document, userAgent ?? "", t), undefined);
  const superseded = nextConnections(requests);
  const negotiates: Negotiate[] = [];
  const byToken = new Map<string, Negotiate>();
  const polls = new Map<string, HttpEntry[]>();
  let unread = 0;
  let withoutFrames = 0;
  let withoutAnswer = 0;
  let streams = 0;

  const negotiateOf = ({ url }: HarEntry): Negotiate | undefined => byToken.get(tokenIn(url) ?? "");
  const readNegotiate = (entry: HarEntry): void => {
    // Half a negotiate says nothing, or something wrong.
    if (isOk(entry.status) && typeof entry.body !== "string") {
      withoutAnswer++;
      return;
    }
    const answer = answerOf(entry);
    const own = { entry, answer, request: record.nextRequest(), isLeftOut: false };
    negotiates.push(own);
    if (answer?.connectionToken === undefined) return;
    for (const form of [answer.connectionToken, encodeURIComponent(answer.connectionToken)])
      byToken.set(form, own);
  };
  const readWebSocket = (logged: Logged, own: ReturnType<typeof ownOf>): void => {
    const { entry, raw } = logged;
    const by = negotiateOf(entry);
    const framed = own ? { ...entry, frames: own.frames } : entry;
    if (!by && beginsLikeSignalR(framed) !== true) return;
    const keepsNone = !framed.frames.some((frame) => readFrame(frame) !== null);
    if (keepsNone && entry.status === 101 && raw["_signalrTransport"] === undefined) {
      withoutFrames++;
      if (by) by.isLeftOut = true;
      return;
    }
    const place = {
      socket: record.nextSocket(),
      request: by?.request,
      connectionId: connectionIdOf(by?.answer ?? null),
      from: 0,
    };
    const endedAt = entry.endedAt ?? toldEnd(logged, superseded.get(entry) ?? null);
    const events = readSocket({ entry: { ...framed, endedAt }, raw }, own?.transport, place, ALL, tokens);
    record.add(events.filter((event) => !isLeaving(event, leftAt)));
    for (const event of events) if (event.kind === "dropped") unread += event.count;
  };

  for (const logged of requests) {
    const { entry, raw } = logged;
    const own = ownOf(raw);
    if (entry.type === "websocket" || own) readWebSocket(logged, own);
    else if (entry.type !== "http" && isNegotiate(entry)) readNegotiate(entry);
    else {
      const token = tokenIn(entry.url);
      if (token === undefined) continue;
      const all = polls.get(token) ?? [];
      polls.set(token, all);
      all.push(logged);
    }
  }
  for (const all of polls.values()) {
    const by = all[0] && negotiateOf(all[0].entry);
    const read = readHttpConnection(all, {
      socket: record.nextSocket(),
      request: by?.request,
      wanted: ALL,
      tokens,
    });
    if (!read) continue;
    record.add(read.events.filter((event) => !isLeaving(event, leftAt)));
    unread += read.unread;
    if (read.isStream) streams++;
  }
  for (const { entry, request, answer, isLeftOut } of negotiates)
    if (!isLeftOut) record.add([begun(entry, request, tokens), ...ended(entry, answer, request, tokens)]);
  if (record.begun)
    record.add([
      leftAt === null
        ? { kind: "still-open", t: lastOf(document) }
        : { kind: "lifecycle", t: leftAt, phase: "pagehide", persisted: false },
    ]);
  return { events: record.take(tokens), unread, withoutFrames, withoutAnswer, streams };
}

/** For each request: when the next connection to the same hub began, which a client makes when it has lost this one. In linear time. */
function nextConnections(requests: readonly Logged[]): ReadonlyMap<HarEntry, EpochMilliseconds> {
  const found = new Map<HarEntry, EpochMilliseconds>();
  const next = new Map<string, HarEntry>();
  for (const { entry } of requests.toReversed()) {
    if (!SUPERSEDED.includes(entry.type)) continue;
    const hub = hubUrlOf(entry.url);
    const known = next.get(hub);
    const token = tokenIn(entry.url);
    const isSame = known !== undefined && token !== undefined && tokenIn(known.url) === token;
    if (known && !isSame) found.set(entry, known.startedAt);
    if (!isSame) next.set(hub, entry);
  }
  return found;
}

const isLeaving = ({ kind, t = 0 }: Unstamped, leftAt: EpochMilliseconds | null): boolean =>
  leftAt !== null && (kind === "socket-closed" || kind === "socket-closing") && t >= leftAt - LEAVING;

const isOk = (status: number | null): boolean => status !== null && status >= 200 && status < 300;

/** A request of a client before 3.1 is one only by its answer. */
function isNegotiate(entry: HarEntry): boolean {
  if (isCertain(entry)) return true;
  const answer = answerOf(entry);
  return answer !== null && answer.legacyVersion === undefined;
}

/** The last moment of which the log knows. */
const lastOf = ({ requests }: HarDocument): EpochMilliseconds =>
  requests.reduce(
    (latest, { entry }) => Math.max(latest, entry.endedAt ?? 0, entry.startedAt, lastFrame(entry)),
    0,
  );

const pageEvent = (
  { url, openedAt, isDocument }: HarDocument,
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
