/**
 * What the reducer derives from events. Mutable inside `core/model`, read-only for everyone else. Incremental: applying
 * one more event gives the same model as reducing all of them from scratch.
 */
import type {
  FaultEnd,
  HubMessage,
  MessageCounts,
  NegotiateEnded,
  NegotiateStarted,
  PageStarted,
  RecordingEnded,
  SocketClosed,
  TransportRequest,
} from "../events/events.ts";
import type { TransportName } from "../protocol/terms.ts";
import type { FaultId, HubId, RequestId, SocketId, PageId } from "../ids.ts";
import type { FaultCommand } from "../faults/vocabulary.ts";
import type { Bytes, EpochMilliseconds, Milliseconds } from "../units.ts";

/**
 * From where a statement is known. "client" is a fact; "wire" may be inferred; "page" is the browser's own event; "network"
 * is what the browser told the extension past the page.
 */
export type Knowledge = "client" | "wire" | "page" | "network";

/** `until` is null while it lasts. */
export interface Span {
  readonly from: EpochMilliseconds;
  until: EpochMilliseconds | null;
}

export interface VisibilitySpan extends Span {
  readonly state: "visible" | "hidden" | "frozen";
  readonly fault: FaultId | null;
}

export interface OfflineSpan extends Span {
  readonly fault: FaultId | null;
}

export interface PageModel {
  readonly id: PageId;
  readonly started: PageStarted | null;
  readonly visibility: readonly VisibilitySpan[];
  readonly offline: readonly OfflineSpan[];
  readonly longTasks: readonly { readonly from: EpochMilliseconds; readonly duration: Milliseconds }[];
  /** For the page lane. */
  readonly moves: readonly {
    readonly t: EpochMilliseconds;
    readonly phase: "pagehide" | "pageshow" | "recording-ended";
    readonly persisted: boolean;
  }[];
  readonly hubs: readonly HubConnectionModel[];
  readonly faults: readonly FaultSpan[];
  /** Connections inside workers: seen by the network only, and not recorded. One an address. */
  readonly workers: readonly { readonly t: EpochMilliseconds; readonly url: string }[];
  /** Connections of the ASP.NET SignalR 2.x client, which speaks another protocol and is not recorded. One an address. */
  readonly legacy: readonly {
    readonly t: EpochMilliseconds;
    readonly url: string;
    readonly clientProtocol: string | null;
  }[];
  readonly dropped: number;
  /** When the document went for good: left, reloaded or discarded. null: it is there, as far as known. */
  readonly endedAt: EpochMilliseconds | null;
  /** When its recording ended while the page went on, and why. */
  readonly unrecordedFrom: EpochMilliseconds | null;
  readonly unrecordedBecause: RecordingEnded["reason"] | null;
  /** Time of the newest event. */
  readonly lastSeen: EpochMilliseconds;
}

/**
 * State band of a hub connection. The client's five states, except that the end is told apart: "stopped" (the app called
 * stop()), "disconnected" (anything else), and "resumed" for the gap of a stateful reconnect that the app never saw.
 */
export type LaneState = "connecting" | "connected" | "reconnecting" | "disconnected" | "stopped" | "resumed";

export interface StateSpan extends Span {
  readonly state: LaneState;
  readonly knowledge: Knowledge;
}

export interface HubConnectionModel {
  /** Unique in a recording: `page` and a number. */
  readonly key: string;
  readonly page: PageId;
  /** The client's object, when the probe found it. */
  readonly hub: HubId | null;
  /** Full (redacted) URL of the hub, and its path for display. */
  readonly url: string;
  readonly path: string;
  readonly clientVersion: string | null;
  readonly protocol: string | null;
  readonly transport: TransportName | null;
  readonly hosting: Hosting | null;
  /** null: stateful reconnect was never asked for. */
  readonly stateful: StatefulModel | null;
  readonly serverTimeout: Milliseconds | null;
  readonly keepAliveInterval: Milliseconds | null;
  readonly hasReconnectPolicy: boolean | null;
  /** Current connection id. */
  readonly connectionId: string | null;
  readonly states: readonly StateSpan[];
  readonly attempts: readonly AttemptModel[];
  readonly transports: readonly TransportModel[];
  readonly requests: readonly RequestModel[];
  /** In order of time (message-order.ts). */
  readonly messages: readonly MessageRow[];
  /** Grows with what doesn't come at an end: rows that are put before others, a transport that another connection takes. */
  readonly lateRows: number;
  /** Seconds of which only counts were kept. */
  readonly counts: readonly MessageCounts[];
  readonly calls: readonly CallModel[];
  readonly interruptions: readonly InterruptionModel[];
  readonly failedStarts: readonly FailedStartModel[];
  /** Without what a fault swallowed. */
  readonly totals: { readonly in: DirectionTotal; readonly out: DirectionTotal };
}

/**
 * Who serves the connections. Azure SignalR Service is recognised by where the negotiate is sent on to; in default mode that
 * address names the app server's path, in serverless mode there is none.
 */
export interface Hosting {
  readonly kind: "self-hosted" | "azure-default" | "azure-serverless" | "redirected";
  /** Of the server that the transports connect to. */
  readonly host: string;
}

/** Stateful reconnect: what was agreed, and the counting on both sides. See stateful.ts. */
export interface StatefulModel {
  readonly asked: boolean;
  /** Whether the newest negotiate granted it. null: not answered yet. */
  granted: boolean | null;
  /** How long the server keeps a connection that broke: 15 s, on Azure 30 s, unless configured otherwise. */
  readonly window: Milliseconds;
  readonly in: SequenceCount;
  readonly out: SequenceCount;
  readonly resumes: readonly ResumeModel[];
}

/** Messages of one direction that count: types 1 to 5, numbered from 1 for the life of a connection id. */
export interface SequenceCount {
  /** Number of the newest one. */
  last: number;
  /** Highest number that the receiver has acknowledged. */
  acked: number;
  /** Bytes that its sender keeps until they are acknowledged. */
  unackedBytes: Bytes;
  /** The most that this ever was. At the limit (100,000 bytes by default) the client's send() waits. */
  peakBytes: Bytes;
  readonly acks: number;
}

/** One try to take up a connection again with its old id. */
export interface ResumeModel {
  readonly lostAt: EpochMilliseconds;
  readonly startedAt: EpochMilliseconds;
  readonly socket: SocketId;
  /** "refused": the client fell back to a new connection. */
  outcome: "running" | "resumed" | "refused";
  endedAt: EpochMilliseconds | null;
  /** Sent again, and had been received the first time or not: the receiver drops what it knows. */
  readonly replayed: { in: number; out: number };
  /** Without an acknowledgement at the loss. */
  readonly unacked: { readonly in: number; readonly out: number };
}

export interface DirectionTotal {
  /** All hub messages, pings included, recorded one by one or only counted. */
  readonly messages: number;
  readonly pings: number;
  readonly bytes: number;
  /** Sent, but kept from its receiver by a fault of Hubscope; not among `messages`. */
  readonly swallowed: number;
}

export interface RequestModel {
  readonly request: RequestId;
  readonly started: NegotiateStarted;
  ended: NegotiateEnded | null;
}

/** One try, from negotiate to handshake. */
export interface AttemptModel {
  /** 1 for the first try of an interruption, and for a start(); counted on while starts fail one after the other. */
  readonly number: number;
  /** When the wait before it began: the loss, or the end of the try before. */
  readonly from: EpochMilliseconds;
  /** What the retry policy said; null when not known (wire only) or for the first start. */
  readonly planned: Milliseconds | null;
  /** When it really began. null: still waiting. */
  readonly startedAt: EpochMilliseconds | null;
  readonly endedAt: EpochMilliseconds | null;
  readonly outcome: AttemptOutcome;
  /** "start": the app called start(); "retry": automatic reconnect; "resume": stateful reconnect. */
  readonly origin: "start" | "retry" | "resume";
  readonly requests: readonly RequestId[];
  /** The transports that were tried, one after the other; the last one is `socket`. More than one: fallback. */
  readonly sockets: readonly SocketId[];
  readonly socket: SocketId | null;
}

export type AttemptOutcome =
  | { readonly kind: "waiting" }
  | { readonly kind: "running" }
  | { readonly kind: "connected"; readonly connectionId: string | null }
  | {
      readonly kind: "negotiate-failed";
      readonly status: number | null;
      readonly error: string | null;
      readonly retryAfter: string | null;
      /** An ASP.NET SignalR 2.x server answered. */
      readonly legacy?: boolean;
      readonly redirectedTo?: string;
      readonly byServiceWorker?: boolean;
    }
  | {
      readonly kind: "socket-failed";
      readonly transport: TransportName;
      readonly code: number | null;
      /** From the network or from an HTTP transport; undefined: not told. */
      readonly status?: number | null;
      readonly error?: string;
      readonly retryAfter?: string;
      /** Status and error are the network's word; the page itself isn't told. */
      readonly network?: true;
      /** It had connected: what didn't come was the answer to the handshake. */
      readonly opened?: true;
      readonly byServiceWorker?: boolean;
      /** Of its address, where that is long. */
      readonly addressLength?: Bytes;
    }
  | {
      readonly kind: "handshake-failed";
      readonly error: string;
      readonly transport: TransportName;
      /** How long it took to open, and how long after that the client sent its handshake. null: it never did. */
      readonly openedAfter: Milliseconds | null;
      readonly sentAfter: Milliseconds | null;
    }
  /** The client gave it up and nothing was sent: the app's own code failed, its accessTokenFactory mostly. */
  | { readonly kind: "not-sent"; readonly error: string | null }
  | { readonly kind: "abandoned" };

/** One WebSocket, event source or poll loop. */
export interface TransportModel extends Span {
  readonly socket: SocketId;
  readonly transport: TransportName;
  readonly url: string;
  readonly connectionId: string | null;
  readonly tokenExpiresAt: EpochMilliseconds | null;
  /** What the network told of its upgrade. null: nothing, or not a WebSocket. */
  upgrade: {
    readonly status: number | null;
    readonly error: string | null;
    readonly retryAfter: string | null;
  } | null;
  /**
   * A WebSocket that the client opens with the old id while it gives a connection up itself, and then forgets: it carries
   * nothing of the app's (a bug of clients 8 to 10).
   */
  ghost: boolean;
  /** When it was begun, where the recording began later: `from` is then the beginning of the recording. */
  readonly since: EpochMilliseconds | null;
  /** Requests of an HTTP transport that ended otherwise than usual, the newest ones. */
  readonly failedRequests: readonly TransportRequest[];
  /** Length of its whole address, where that is long. */
  readonly addressLength: Bytes | null;
  openedAt: EpochMilliseconds | null;
  /** When the client sent its handshake. */
  handshakeSentAt: EpochMilliseconds | null;
  handshakeAt: EpochMilliseconds | null;
  closingByPage: { readonly t: EpochMilliseconds; readonly duringMessage: boolean } | null;
  closed:
    (Omit<SocketClosed, "kind" | "seq" | "socket" | "fault"> & { readonly fault: FaultId | null }) | null;
  lastIn: EpochMilliseconds | null;
  lastOut: EpochMilliseconds | null;
}

/** A row of the message list: the event itself, and what belongs to it. */
export interface MessageRow {
  readonly message: HubMessage;
  /** The call that it opens or answers. */
  readonly call: CallModel | null;
  /** Under stateful reconnect: its number, and whether it was sent before. */
  readonly sequence: number | null;
  readonly replay: boolean;
}

export type CallFate = "pending" | "completed" | "failed" | "cancelled" | "lost";

/** An invocation that expects an answer, in either direction. */
export interface CallModel {
  readonly invocationId: string;
  readonly direction: "in" | "out";
  readonly target: string;
  readonly stream: boolean;
  readonly socket: SocketId;
  readonly sentAt: EpochMilliseconds;
  fate: CallFate;
  endedAt: EpochMilliseconds | null;
  items: number;
}

export type InterruptionOutcome =
  | "ongoing"
  | "reconnected"
  | "resumed"
  | "gave-up"
  | "restarted"
  | "stopped-by-app"
  | "closed-by-server"
  | "page-ended"
  | "recording-ended";

/** What an interruption and a failed start have in common. */
interface WithoutConnection extends Span {
  /** Unique in a recording. */
  readonly key: string;
  readonly hubKey: string;
  readonly knowledge: Knowledge;
  readonly attempts: readonly AttemptModel[];
  /** Faults of Hubscope that overlap the loss, or the failure. Empty: nobody injected anything. */
  readonly faults: readonly FaultId[];
}

/** From the loss of a connected hub connection to its recovery, its giving up, or the page's end. */
export interface InterruptionModel extends WithoutConnection {
  readonly kind: "interruption";
  outcome: InterruptionOutcome;
  /** The app didn't start this connection again: it made another HubConnection for the same hub, for each try. */
  byNewConnection: boolean;
  /** The client didn't notice, and takes itself for connected. */
  missedByClient: boolean;
  /** What its retry policy said at once: no try. null: it wasn't asked, or allowed one. */
  noRetry: { readonly threw: string | null } | null;
  /** When the connection had fallen silent before it was lost: the tab froze, or a fault made it half-open. */
  readonly silentFrom: EpochMilliseconds | null;
  readonly connectionIdBefore: string | null;
  connectionIdAfter: string | null;
  /** Calls without an answer at the loss. */
  readonly pending: readonly CallModel[];
  /**
   * Targets that were called within moments of the first start and were not called again after this one came back with a new
   * connection id: groups and subscriptions that the server has forgotten. null: same id, or not back (yet).
   */
  readonly notRepeated: readonly string[] | null;
  /** Messages (not pings) that a fault swallowed between the last one heard and the loss. */
  readonly swallowed: { readonly in: number; readonly out: number };
  /**
   * Estimate: rate of inbound messages in the minute before, times the time without a connection. Those that were swallowed
   * are counted, not estimated, and are in it. null: too little to say.
   */
  readonly missedEstimate: number | null;
}

/** "failed": nobody tries now. "trying": the app called start() again. */
export type FailedStartOutcome =
  "failed" | "trying" | "connected" | "stopped-by-app" | "page-ended" | "recording-ended";

/** From the beginning of a start() that failed to the first one that got connected, or the page's end. */
export interface FailedStartModel extends WithoutConnection {
  readonly kind: "failed-start";
  outcome: FailedStartOutcome;
  /** How many calls of start() failed. */
  starts: number;
  /** When the latest of them ended. */
  failedAt: EpochMilliseconds;
}

/** A time without a connection that the app wanted. */
export type Downtime = InterruptionModel | FailedStartModel;

/** A fault while it lasted. */
export interface FaultSpan extends Span {
  readonly fault: FaultId;
  readonly page: PageId;
  readonly command: FaultCommand;
  /** The hub connection it was aimed at; null for the page. */
  readonly hubKey: string | null;
  readonly plannedUntil: EpochMilliseconds | null;
  end: FaultEnd | null;
  detail: string | null;
}

/** A tab's page and its frames. */
export interface RecordingModel {
  readonly pages: readonly PageModel[];
  /** Of all pages, in order of first sight. */
  readonly hubs: readonly HubConnectionModel[];
  readonly from: EpochMilliseconds;
  readonly to: EpochMilliseconds;
  readonly messages: number;
  readonly dropped: number;
  /** Messages whose payload isn't all there: it was longer than the setting allows, or than can be stored. */
  readonly cut: number;
  /** Counts up with every applied batch: cheap change detection. */
  readonly version: number;
}
