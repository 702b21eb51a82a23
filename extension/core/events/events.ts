/**
 * The recorded event. A recording is a list of events that only grows; everything else (lanes, interruptions, calls, causes) is
 * derived from it by `core/model`.
 *
 * Rules:
 * - One closed union, told apart by `kind`. Adding a kind or a field bumps `RECORDING_VERSION` once a release, and adds an
 * upgrade step, a fixture and a line in docs/recording-format.md.
 * - `seq` counts up within one page, without reuse; `[page, seq]` is the key of an event. Gaps mean that events were dropped,
 * and a `dropped` event says how many.
 * - `t` may step back a little between neighbours (an event can be known only later), never `seq`.
 * - No secrets: URLs, texts and payloads are redacted in the hook, before they get here.
 */
import type { Bytes, EpochMilliseconds, Milliseconds } from "../units.ts";
import type {
  AppMistake,
  CallSite,
  CircuitCalled,
  CircuitError,
  CircuitLeft,
  ReconnectUi,
} from "./app-events.ts";
import type { BrowserEvent } from "./browser-events.ts";
import type { DoctorEvent } from "./doctor-events.ts";
import type { FaultCommand } from "../faults/vocabulary.ts";
import type { FaultId, HubId, RequestId, SocketId } from "../ids.ts";
import type { Direction, HubState, MessageType, TransportName } from "../protocol/terms.ts";

export const RECORDING_VERSION = 2;

export interface Stamped {
  readonly seq: number;
  readonly t: EpochMilliseconds;
}

/* ---------- the page ---------- */

export type WorkerKind = "dedicated" | "shared";

/** "messages": a list of messages, as message inspectors write them. */
export type ImportedFrom = "har" | "messages";

/** First event of a page: its state when SignalR was first seen. */
export interface PageStarted extends Stamped {
  readonly kind: "page";
  readonly url: string;
  readonly userAgent: string;
  readonly openedAt: EpochMilliseconds;
  readonly top: boolean;
  readonly visible: boolean;
  readonly online: boolean;
  /** The browser had discarded the tab and this load brings it back (`document.wasDiscarded`, Chromium only). */
  readonly wasDiscarded: boolean;
  readonly navigation: "navigate" | "reload" | "back_forward" | "prerender" | "unknown";
  /** Whether the client probe is installed. Without it only the traffic is seen. */
  readonly probe: boolean;
  /** Recording (or the probe) was switched on or off while the page was open: what happened before is not in this recording. */
  readonly midway?: boolean;
  /** This is no document but a worker of the page. `url` is that of its script; `top` is false. */
  readonly worker?: WorkerKind;
  /** No hook of ours was in it: its connections were read from the browser's own DevTools, or from a file of another tool. */
  readonly fromDevtools?: boolean;
  /** Of which kind that file was. */
  readonly importedFrom?: ImportedFrom;
}

/**
 * The last event of a recording whose page stays open. Connections that are open then are neither closed nor lost, only no
 * longer observed. When recording is switched on again, another recording of the page begins; if this one had become too large,
 * it begins immediately.
 */
export interface RecordingEnded extends Stamped {
  readonly kind: "recording-ended";
  readonly reason:
    "switched-off" | "probe-switched" | "too-large" | "devtools-closed" | "page-left" | "worker-silent";
}

/**
 * Written at the end of a page by an export: it was open then, and nothing else had happened. In a file the time in which something
 * waited would otherwise be missing.
 */
export interface StillOpen extends Stamped {
  readonly kind: "still-open";
}

/** `fault` on any page event: simulated by that fault, not sent by the browser. */
export interface PageVisibility extends Stamped {
  readonly kind: "visibility";
  readonly visible: boolean;
  readonly fault?: FaultId;
}

export interface PageLifecycle extends Stamped {
  readonly kind: "lifecycle";
  readonly phase: "freeze" | "resume" | "pagehide" | "pageshow";
  /** For pagehide and pageshow: into or out of the back/forward cache. */
  readonly persisted: boolean;
  readonly fault?: FaultId;
}

export interface PageOnline extends Stamped {
  readonly kind: "online";
  readonly online: boolean;
  readonly fault?: FaultId;
}

/** The main thread was blocked (PerformanceObserver `longtask`, Chromium only). `t` is when it began. */
export interface LongTask extends Stamped {
  readonly kind: "long-task";
  readonly duration: Milliseconds;
}

/* ---------- negotiate ---------- */

export interface NegotiateStarted extends Stamped {
  readonly kind: "negotiate";
  readonly request: RequestId;
  readonly url: string;
  readonly api: "fetch" | "xhr";
  /** From the X-SignalR-User-Agent header (5.0+), e.g. "10.0.11". */
  readonly clientVersion?: string;
  readonly askedStatefulReconnect: boolean;
  /** `exp` of the bearer token that was sent, if it was a JWT. The token itself is never kept. */
  readonly tokenExpiresAt?: EpochMilliseconds;
}

export interface NegotiateEnded extends Stamped {
  readonly kind: "negotiate-ended";
  readonly request: RequestId;
  /** null: no HTTP answer at all (refused, offline, aborted, CORS). */
  readonly status: number | null;
  readonly statusText?: string;
  /** Why there is no connection: the network error's text, the body's `error`, or the first part of an error body (of HTML its title). */
  readonly error?: string;
  /** `error` is what a SignalR server says in its answer: it refuses the client. */
  readonly refused?: boolean;
  readonly negotiateVersion?: number;
  readonly connectionId?: string;
  readonly transports?: readonly string[];
  readonly statefulReconnect?: boolean;
  /** `ProtocolVersion` of an ASP.NET SignalR 2.x server, which this client can't speak to. */
  readonly legacyVersion?: string;
  /** The answer redirects the client to another server (as Azure SignalR Service does). */
  readonly redirectUrl?: string;
  /** As sent by the server. The client ignores it. */
  readonly retryAfter?: string;
  /** The request was redirected to this address, usually a sign-in page. */
  readonly redirectedTo?: string;
  /** A service worker of the page created the answer; it didn't come from the network. */
  readonly byServiceWorker?: boolean;
  /** How long the token lasts, from `tokenLifetimeSeconds` (servers since .NET 11 that allow a refresh). */
  readonly tokenLifetime?: Milliseconds;
  readonly fault?: FaultId;
}

/* ---------- transport connections ---------- */

/** A WebSocket, an event source or a poll loop was started. `socket` is the number of any of them. */
export interface SocketConnecting extends Stamped {
  readonly kind: "socket";
  readonly socket: SocketId;
  readonly transport: TransportName;
  readonly url: string;
  /** The negotiate whose connection token is in the URL; absent with skipNegotiation. */
  readonly request?: RequestId;
  readonly tokenExpiresAt?: EpochMilliseconds;
  /** Length of its full address, which isn't stored, if it is long. */
  readonly addressLength?: Bytes;
  /** It already existed when this recording began, in this state. `t` is then the beginning of the recording. */
  readonly already?: "connecting" | "open" | "connected";
  /** With `already`: when it was started, and the results of its negotiate and handshake. */
  readonly since?: EpochMilliseconds;
  readonly connectionId?: string;
  readonly protocol?: string;
}

/** The WebSocket's or event source's `open`; for long polling the answer to the first poll. */
export interface SocketOpened extends Stamped {
  readonly kind: "socket-opened";
  readonly socket: SocketId;
}

/** The page ended it: `close()`, or the DELETE of long polling. */
export interface SocketClosing extends Stamped {
  readonly kind: "socket-closing";
  readonly socket: SocketId;
  readonly code?: number;
  readonly reason?: string;
  /** In the same task as a received message: that is how the client closes after a message that it can't parse. */
  readonly duringMessage: boolean;
}

/**
 * The end as the page saw it: a WebSocket's `close` event, an event source's `error` (without details), or the answer to the
 * last poll.
 */
export interface SocketClosed extends Stamped {
  readonly kind: "socket-closed";
  readonly socket: SocketId;
  /** null: not a WebSocket, or one that only had an `error` event (Chromium, blocked by a Content Security Policy). */
  readonly code: number | null;
  readonly reason: string;
  /** Long polling: it ended with a 204, as it should. */
  readonly wasClean: boolean;
  /** Long polling: of the last poll; null: no HTTP answer at all. */
  readonly status?: number | null;
  /** Long polling: the network error's text, or the beginning of the error body (of HTML its title). */
  readonly error?: string;
  readonly byServiceWorker?: boolean;
  /** Read from DevTools, which tells only that it ended: `code`, `reason` and `wasClean` say nothing. */
  readonly untold?: boolean;
  readonly fault?: FaultId;
}

/**
 * A request of Server-Sent Events or long polling without messages: a failed send, a poll without a message, the DELETE. Other
 * requests are recorded as their messages. `t` is its end.
 */
export interface TransportRequest extends Stamped {
  readonly kind: "transport-request";
  readonly socket: SocketId;
  readonly method: "GET" | "POST" | "DELETE";
  readonly duration: Milliseconds;
  /** null: no HTTP answer at all. */
  readonly status: number | null;
  readonly error?: string;
  readonly byServiceWorker?: boolean;
  readonly fault?: FaultId;
}

/** A WebSocket's upgrade, as `webRequest` reported it. Firefox reports the status of a refused one, Chromium doesn't. */
export interface UpgradeSeen extends Stamped {
  readonly kind: "upgrade";
  readonly socket: SocketId;
  /** null: no HTTP answer, or not known. */
  readonly status: number | null;
  /** The browser's name of the network error, e.g. "NS_ERROR_UNKNOWN_HOST". */
  readonly error?: string;
  readonly retryAfter?: string;
  /** As in `RequestSeen`. */
  readonly headers?: readonly string[];
}

/** A SignalR connection that the hook can't see, because it was opened inside a worker. Known from `webRequest` only. */
export interface WorkerConnection extends Stamped {
  readonly kind: "worker-connection";
  readonly url: string;
  readonly status: number | null;
}

/** The page uses the ASP.NET SignalR 2.x client, which has another protocol. Recorded once per URL. */
export interface LegacyConnection extends Stamped {
  readonly kind: "legacy";
  readonly url: string;
  /** `clientProtocol` of its negotiate, e.g. "2.1". */
  readonly clientProtocol?: string;
}

/* ---------- the hub protocol ---------- */

export interface Handshake extends Stamped {
  readonly kind: "handshake";
  readonly socket: SocketId;
  readonly direction: Direction;
  /** Out only. */
  readonly protocol?: string;
  readonly version?: number;
  /** In only: the server rejected the handshake. */
  readonly error?: string;
}

export interface HubMessage extends Stamped {
  readonly kind: "message";
  readonly socket: SocketId;
  readonly direction: Direction;
  readonly type: MessageType;
  readonly size: Bytes;
  readonly target?: string;
  readonly invocationId?: string;
  readonly streamIds?: readonly string[];
  /** Close: the server's text. Completion: that it failed, with the text only where payloads are recorded. */
  readonly error?: string;
  /** Close only. */
  readonly allowReconnect?: boolean;
  /** Ack and Sequence only. */
  readonly sequenceId?: number;
  /** Why `type` is 0, with the offset in the message where reading stopped. */
  readonly problem?: string;
  readonly problemAt?: Bytes;
  /** The message's own text without its record separator, where payloads are recorded. Text protocols only. */
  readonly payload?: string;
  /** The same for binary protocols: the message without its length prefix, in base64. */
  readonly binary?: string;
  /** The payload was longer than the cap; `size` is its true size. Without a payload: there was no room for any of it. */
  readonly truncated?: boolean;
  /** Sent, delayed or swallowed by that fault. */
  readonly fault?: FaultId;
  readonly swallowed?: boolean;
  /** Also in a `counts` event: written from the flight recorder's ring when something broke. Not to be counted twice. */
  readonly counted?: boolean;
}

/** One second of a busy connection: messages that aren't recorded one by one. */
export interface MessageCounts extends Stamped {
  readonly kind: "counts";
  readonly socket: SocketId;
  /** `t` is the beginning of the span. */
  readonly until: EpochMilliseconds;
  readonly counts: readonly MessageCount[];
}

export interface MessageCount {
  readonly direction: Direction;
  readonly type: MessageType;
  readonly count: number;
  readonly bytes: Bytes;
}

/* ---------- the client probe ---------- */

/** A HubConnection object of the page was found. */
export interface HubFound extends Stamped {
  readonly kind: "hub";
  readonly hub: HubId;
  readonly url: string;
  readonly serverTimeout: Milliseconds;
  readonly keepAliveInterval: Milliseconds;
  readonly hasReconnectPolicy: boolean;
  /** Its state when this recording began, if the page was already open. */
  readonly state?: HubState;
  readonly connectionId?: string;
}

export interface HubStateChanged extends Stamped {
  readonly kind: "hub-state";
  readonly hub: HubId;
  readonly from: HubState;
  readonly to: HubState;
  readonly connectionId?: string;
  /** Timeouts as they are now: the app may set them after the constructor. */
  readonly serverTimeout?: Milliseconds;
  readonly keepAliveInterval?: Milliseconds;
}

/** The client's own reason for losing its connection (what it passes to `connection.onclose`). */
export interface HubLost extends Stamped {
  readonly kind: "hub-lost";
  readonly hub: HubId;
  readonly error?: string;
}

/** The result of the retry policy. */
export interface RetryDecision extends Stamped {
  readonly kind: "retry";
  readonly hub: HubId;
  readonly previousRetryCount: number;
  readonly elapsed: Milliseconds;
  readonly reason?: string;
  /** null: no further attempt. */
  readonly delay: Milliseconds | null;
  /** The policy threw; the client treats that as null. */
  readonly threw?: string;
}

/* ---------- faults, and dropped events ---------- */

export interface FaultBegan extends Stamped {
  readonly kind: "fault";
  readonly fault: FaultId;
  readonly command: FaultCommand;
  /** When it will end by itself; absent for a fault that ends immediately, or only when it is undone. */
  readonly until?: EpochMilliseconds;
}

export interface FaultEnded extends Stamped {
  readonly kind: "fault-ended";
  readonly fault: FaultId;
  readonly reason: FaultEnd;
  readonly detail?: string;
}

export type FaultEnd = "completed" | "undone" | "panel-closed" | "page-closed" | "failed";

/** Events that were not recorded or stored, because a buffer or the storage was full. */
export interface Dropped extends Stamped {
  readonly kind: "dropped";
  readonly where: "hook" | "relay" | "store";
  readonly count: number;
}

export type RecordedEvent =
  | PageStarted
  | RecordingEnded
  | StillOpen
  | PageVisibility
  | PageLifecycle
  | PageOnline
  | LongTask
  | NegotiateStarted
  | NegotiateEnded
  | BrowserEvent
  | SocketConnecting
  | SocketOpened
  | SocketClosing
  | SocketClosed
  | TransportRequest
  | UpgradeSeen
  | WorkerConnection
  | LegacyConnection
  | Handshake
  | HubMessage
  | MessageCounts
  | CircuitCalled
  | CircuitError
  | ReconnectUi
  | CircuitLeft
  | HubFound
  | HubStateChanged
  | HubLost
  | RetryDecision
  | AppMistake
  | CallSite
  | FaultBegan
  | FaultEnded
  | DoctorEvent
  | Dropped;

export type EventKind = RecordedEvent["kind"];

/** An event before the recorder adds its time and number. */
export type Unstamped<E extends RecordedEvent = RecordedEvent> = E extends RecordedEvent
  ? Omit<E, "seq" | "t"> & { readonly t?: EpochMilliseconds }
  : never;
