/** The events of one WebSocket, read anew each time that its log has grown. */
import type { SocketConnecting, Unstamped } from "../events/events.ts";
import type { RequestId, SocketId } from "../ids.ts";
import { omitUndefined } from "../omit-undefined.ts";
import { readHandshakeRequest, readHandshakeResponse } from "../protocol/handshake.ts";
import { RECORD_SEPARATOR } from "../protocol/json-scan.ts";
import { readUtf8 } from "../protocol/messagepack/utf8.ts";
import { expiryOf } from "../redaction/redact.ts";
import type { UsedTokens } from "../redaction/used-tokens.ts";
import type { EpochMilliseconds } from "../units.ts";
import type { HarEntry } from "./entry.ts";
import { errorIn, readFrame, timeOf, type HarFrame } from "./frames.ts";
import { createMessageReader } from "./messages.ts";
import type { Wanted } from "./wanted.ts";

type Event = Unstamped;

export interface SocketReader {
  readonly over: boolean;
  /** What is new since the last call. */
  read(entry: HarEntry, wanted: Wanted): Event[];
}

const LONG_ADDRESS = 4_000;
const LONGEST_HANDSHAKE = 1_024;
const SWITCHING_PROTOCOLS = 101;

/** Whether the first frame of a socket is a handshake; undefined: none was sent yet. */
export function beginsLikeSignalR({ frames }: HarEntry): boolean | undefined {
  const first = frames.map(readFrame).find((frame) => frame !== null);
  return first && first.direction === "out" && readHandshakeRequest(beginningOf(first.data)) !== null;
}

export interface SocketPlace {
  readonly socket: SocketId;
  /** Its negotiate, and the id in its answer. */
  readonly request: RequestId | undefined;
  readonly connectionId: string | undefined;
  /** When the recording began: of a socket that was open by then, only what follows is told. */
  readonly from: EpochMilliseconds;
}

export function createSocketReader(
  { socket, request, connectionId, from }: SocketPlace,
  begin: HarEntry,
  tokens: UsedTokens,
): SocketReader {
  const messages = createMessageReader(socket);
  const { url, startedAt } = begin;
  let taken = 0;
  let begun = false;
  let isOpen = false;
  let saidFirst = false;
  let heardFirst = false;
  let over = false;
  let last = startedAt;

  const beginning = (
    already?: Pick<SocketConnecting, "already"> & Partial<Unstamped<SocketConnecting>>,
  ): Event => {
    begun = true;
    tokens.rememberOf(url, null);
    const expiry = expiryOf(/[?&]access_token=([^&#]*)/.exec(url)?.[1], atob);
    return {
      kind: "socket",
      t: startedAt,
      socket,
      transport: "WebSockets",
      url,
      ...omitUndefined({
        request,
        tokenExpiresAt: expiry,
        addressLength: url.length > LONG_ADDRESS ? url.length : undefined,
      }),
      ...already,
    };
  };
  /** As the hook announces a connection that is open when a recording begins. */
  const announced = (): Event => {
    const connected = isOpen && heardFirst;
    return beginning({
      t: from,
      already: connected ? "connected" : isOpen ? "open" : "connecting",
      since: startedAt,
      ...omitUndefined({ connectionId, protocol: connected ? messages.protocol : undefined }),
    });
  };
  const handshake = ({ t, direction, data }: HarFrame): { events: Event[]; length: number } => {
    const text = beginningOf(data);
    if (direction === "out") {
      saidFirst = true;
      const said = readHandshakeRequest(text);
      // The first frame of a stateful reconnect is a Sequence message: neither side sends a handshake.
      if (!said) {
        heardFirst = true;
        return { events: [], length: 0 };
      }
      const { protocol, version, length } = said;
      messages.protocol = protocol;
      return { events: [{ kind: "handshake", t, socket, direction, protocol, version }], length };
    }
    heardFirst = true;
    const heard = readHandshakeResponse(text);
    if (!heard) return { events: [], length: 0 };
    const { error, length } = heard;
    return { events: [{ kind: "handshake", t, socket, direction, ...omitUndefined({ error }) }], length };
  };
  /** From before the recording: only what has to be known to read on. @returns what is news, if the log told it late */
  const passOver = (frame: HarFrame): Event[] => {
    const opened: Event[] = isOpen ? [] : [{ kind: "socket-opened", t: from, socket }];
    isOpen = true;
    const known = frame.direction === "out" ? saidFirst : heardFirst;
    const { events } = known ? { events: [] } : handshake({ ...frame, t: from });
    // A resumed connection has no handshake: as in messages.ts.
    if (typeof frame.data !== "string" && messages.protocol === "json") messages.protocol = "messagepack";
    return begun ? [...opened, ...events] : [];
  };
  const readOne = (frame: HarFrame, wanted: Wanted): Event[] => {
    const { t, direction, data } = frame;
    const known = direction === "out" ? saidFirst : heardFirst;
    const { events, length } = known ? { events: [], length: 0 } : handshake(frame);
    const behind = typeof data === "string" ? data.slice(length) : data.subarray(length);
    return behind.length === 0
      ? events
      : [...events, ...messages.read(t, direction, behind, wanted, tokens.texts)];
  };

  return {
    get over() {
      return over;
    },
    read(entry, wanted) {
      if (over) return [];
      const found: Event[] = begun || startedAt < from ? [] : [beginning()];
      let unread = 0;
      for (const value of entry.frames.slice(taken)) {
        const frame = readFrame(value);
        if (!frame) {
          if (!isControl(value) && !(timeOf(value) < from)) unread++;
          continue;
        }
        last = Math.max(last, frame.t);
        if (frame.t < from) {
          found.push(...passOver(frame));
          continue;
        }
        if (!begun) found.push(announced());
        if (!isOpen) {
          // The log doesn't say when it opened: a client sends its handshake at once.
          isOpen = true;
          found.push({ kind: "socket-opened", t: frame.t, socket });
        }
        found.push(...readOne(frame, wanted));
      }
      const end = entry.endedAt === null ? null : Math.max(last, entry.endedAt);
      if (!begun && end !== null && end < from) {
        over = true;
        return [];
      }
      if (!begun) found.push(announced());
      if (unread > 0) found.push({ kind: "dropped", t: Math.max(last, from), where: "hook", count: unread });
      taken = Math.max(taken, entry.frames.length);
      if (end === null) return found;
      over = true;
      const t = Math.max(end, from);
      const { status } = entry;
      const error = entry.error ?? errorIn(entry.frames);
      if ((status !== null && status !== SWITCHING_PROTOCOLS) || error !== undefined)
        found.push({ kind: "upgrade", t, socket, status, ...omitUndefined({ error }) });
      found.push(
        ...messages.end(t, wanted, tokens.texts),
        // A log has no close code.
        { kind: "socket-closed", t, socket, code: null, reason: "", wasClean: true, untold: true },
      );
      return found;
    },
  };
}

/** Frames of errors, and pings and pongs of WebSocket itself, are no messages. */
function isControl(value: unknown): boolean {
  const { type, opcode } = (value ?? {}) as { readonly type?: unknown; readonly opcode?: unknown };
  return type === "error" || (typeof opcode === "number" && opcode >= 8);
}

function beginningOf(data: string | Uint8Array): string {
  if (typeof data === "string") return data;
  const bytes = data.subarray(0, LONGEST_HANDSHAKE);
  return readUtf8(bytes, 0, bytes.indexOf(RECORD_SEPARATOR.charCodeAt(0)) + 1);
}
