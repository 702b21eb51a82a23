/**
 * Reads the SignalR connections of dedicated workers from a growing log in the HAR format, as Chrome's DevTools keeps it: the same
 * events that a hook would record, if workers could have one. Pure, and independent of DevTools: the same reader serves for
 * a file.
 *
 * What the log doesn't tell: why and with what code a WebSocket closed (`untold`), when exactly it opened, and anything of the
 * page, its HubConnections or the worker's own life. Event streams and long polling aren't read.
 */
import type { RecordedEvent } from "../events/events.ts";
import type { RequestId } from "../ids.ts";
import type { NegotiateAnswer } from "../protocol/negotiate.ts";
import { hubUrlOf } from "../protocol/addresses.ts";
import type { EpochMilliseconds } from "../units.ts";
import { createUsedTokens } from "../redaction/used-tokens.ts";
import { keyOf, readWorkerEntry, tokenIn, type HarEntry } from "./entry.ts";
import { answerOf, begun, connectionIdOf, ended, isCertain, isComplete } from "./negotiate-events.ts";
import { beginsLikeSignalR, createSocketReader, type SocketReader } from "./socket-events.ts";
import type { Wanted } from "./wanted.ts";
import { createWorkerRecord, type WorkerRecord } from "./worker-record.ts";

/** Limits what a log may make of itself. */
const MAX_WORKERS = 50;
const MAX_SCRIPTS = 100;
const MAX_KNOWN = 20_000;
const MAX_SOCKETS = 2_000;

export interface WorkerEvents {
  /** Counts the workers of this log, from 0. */
  readonly worker: number;
  readonly url: string;
  readonly events: readonly RecordedEvent[];
}

export interface HarReader {
  /** What is new in the log since the last call. @param log its entries, all that there are by now */
  read(log: readonly unknown[], wanted: Wanted): WorkerEvents[];
  /** SignalR's WebSockets that are open, by their worker. */
  openSockets(worker: number): number;
  /** Those of all workers. */
  readonly open: number;
  /** The page of these workers is left, or recording was switched off: the last events of each. */
  end(how: "left" | "recording-ended", t: EpochMilliseconds): WorkerEvents[];
  /** The answer to a negotiate isn't known yet. */
  readonly waits: boolean;
}

/** An answered negotiate. */
interface Negotiated {
  readonly entry: HarEntry;
  readonly answer: NegotiateAnswer;
  /** Once it is recorded: with its first WebSocket. */
  recorded?: { readonly record: WorkerRecord; readonly request: RequestId } | undefined;
}

/** How a request is known: undefined: not yet. null: no connection of SignalR, or all is known of it. */
type Known = { readonly record: WorkerRecord; readonly socket: SocketReader } | null;

export interface HarOptions {
  /** Of the browser, if known. */
  readonly userAgent: string;
  /** Whether it was a worker that sent this request, as far as another source knows: in a log a frame's may look the same. */
  readonly isWorkers: (request: Pick<HarEntry, "url" | "startedAt" | "endedAt">) => boolean;
  /** When the recording began, if that was while the page was open: nothing from before gets into it. */
  readonly from?: EpochMilliseconds | undefined;
}

export function createHarReader({ userAgent, isWorkers, from }: HarOptions): HarReader {
  const isBefore = (t: EpochMilliseconds): boolean => from !== undefined && t < from;
  const tokens = createUsedTokens();
  const records: WorkerRecord[] = [];
  const negotiated = new Map<string, Negotiated>();
  const known = new Map<string, Known>();
  let sockets = 0;
  let waits = false;

  /** After a wait a worker's call stack may begin in a script that it has imported. */
  const recordOf = ({ url, scripts }: HarEntry): WorkerRecord | undefined => {
    const own = scripts.at(-1) ?? "";
    const hub = hubUrlOf(url);
    const may = records.filter((one) => own === "" || one.scripts.has(own));
    const found = records.find((one) => one.url === own) ?? may.find((one) => one.hubs.has(hub)) ?? may[0];
    if (!found && records.length >= MAX_WORKERS) return undefined;
    const record = found ?? createWorkerRecord(own, userAgent, from);
    if (!found) records.push(record);
    for (const script of scripts) if (record.scripts.size < MAX_SCRIPTS) record.scripts.add(script);
    record.hubs.add(hub);
    return record;
  };
  const admits = (entry: HarEntry): boolean =>
    records.some(({ url }) => url !== "" && url === entry.scripts.at(-1)) || isWorkers(entry);
  const readNegotiate = (entry: HarEntry, key: string): void => {
    if (!admits(entry)) return;
    if (!isComplete(entry)) {
      waits = true;
      return;
    }
    const answer = answerOf(entry);
    // Without its body an answer says nothing; that of another request says that it is no negotiate.
    const counts = entry.status === null || typeof entry.body === "string";
    known.set(key, null);
    if (!counts || (!isCertain(entry) && (answer === null || answer.legacyVersion !== undefined))) return;
    const token = answer?.connectionToken;
    if (token === undefined) record(entry, answer);
    else {
      negotiated.set(token, { entry, answer: answer as NegotiateAnswer });
      tokens.remember(token);
    }
  };
  const record = (entry: HarEntry, answer: NegotiateAnswer | null): Negotiated["recorded"] => {
    const own = recordOf(entry);
    if (!own) return undefined;
    const request = own.nextRequest();
    const events = [begun(entry, request, tokens), ...ended(entry, answer, request, tokens)];
    // As a whole: half a negotiate says nothing.
    if (!isBefore(entry.startedAt)) own.add(events);
    return { record: own, request };
  };
  const negotiateOf = (url: string): Negotiated | undefined => {
    const token = tokenIn(url) ?? "";
    return negotiated.get(token) ?? negotiated.get(decoded(token));
  };
  /**
   * Event streams and polls aren't read: a negotiate that leads to one isn't recorded, as it would seem to lead nowhere. It is
   * named where its worker has other connections.
   */
  const readOther = ({ url, status, endedAt }: HarEntry): void => {
    const by = negotiateOf(url);
    if (!by || by.recorded || (endedAt !== null && isBefore(endedAt))) return;
    negotiated.delete(by.answer.connectionToken ?? "");
    const { scripts, url: negotiate, startedAt } = by.entry;
    const t = Math.max(startedAt, from ?? 0);
    const worker = records.find((one) => one.url === scripts.at(-1));
    worker?.add([{ kind: "worker-connection", t, url: hubUrlOf(negotiate), status }]);
  };
  const recognise = (entry: HarEntry): Known | undefined => {
    const by = negotiateOf(entry.url);
    if (!by) {
      // Its negotiate may still be admitted.
      if (tokenIn(entry.url) !== undefined) return undefined;
      // A client that skips the negotiate: its script is known as a worker's.
      const begins = beginsLikeSignalR(entry);
      if (begins !== true) return begins === undefined && entry.endedAt === null ? undefined : null;
      if (!admits(entry)) return undefined;
    } else by.recorded ??= record(by.entry, by.answer);
    const worker = by ? by.recorded?.record : recordOf(entry);
    if (!worker || sockets >= MAX_SOCKETS) return null;
    sockets++;
    const place = {
      socket: worker.nextSocket(),
      request: by?.recorded?.request,
      connectionId: connectionIdOf(by?.answer ?? null),
      from: from ?? 0,
    };
    return { record: worker, socket: createSocketReader(place, entry, tokens) };
  };
  const readSocket = (entry: HarEntry, key: string, wanted: Wanted): void => {
    const own = known.get(key) ?? recognise(entry);
    if (own === undefined) return;
    known.set(key, own);
    own?.record.add(own.socket.read(entry, wanted));
  };

  const openIn = (is: (record: WorkerRecord) => boolean): number => {
    let open = 0;
    for (const one of known.values()) if (one && is(one.record) && !one.socket.over) open++;
    return open;
  };
  const take = (): WorkerEvents[] =>
    records.flatMap((record, worker) => {
      const events = record.take(tokens);
      return events.length === 0 ? [] : [{ worker, url: record.url, events }];
    });

  return {
    read(log, wanted) {
      waits = false;
      const seen = new Map<string, number>();
      const entries: { readonly entry: HarEntry; readonly key: string }[] = [];
      for (const value of log) {
        const entry = readWorkerEntry(value);
        if (!entry) continue;
        const plain = keyOf(entry);
        const nth = seen.get(plain) ?? 0;
        seen.set(plain, nth + 1);
        const key = nth === 0 ? plain : `${plain} ${nth}`;
        if (known.get(key) !== null && (known.size < MAX_KNOWN || known.has(key)))
          entries.push({ entry, key });
      }
      // In order: a negotiate comes before the socket that has its token in the address.
      for (const { entry, key } of entries)
        if (entry.type === "websocket") readSocket(entry, key, wanted);
        else if (entry.type === "http") readOther(entry);
        else readNegotiate(entry, key);
      return take();
    },
    end(how, t) {
      for (const record of records.filter(({ begun: isBegun }) => isBegun))
        record.add([
          how === "left"
            ? { kind: "lifecycle", t, phase: "pagehide", persisted: false }
            : { kind: "recording-ended", t, reason: "switched-off" },
        ]);
      return take();
    },
    openSockets: (worker) => openIn((record) => record === records[worker]),
    get open() {
      return openIn(() => true);
    },
    get waits() {
      return waits;
    },
  };
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
