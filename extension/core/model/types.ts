/**
 * What the reducer derives from events. Mutable inside `core/model`, read-only for everyone else. Incremental: applying
 * one more event gives the same model as reducing all of them from scratch.
 */
import type {
  FaultEnd,
  HubMessage,
  MessageCounts,
  PageStarted,
  RecordingEnded,
  SocketClosed,
  TransportRequest,
} from "../events/events.ts";
import type { TokenRefreshed } from "../events/browser-events.ts";
import type { AttemptModel, RequestModel, SeenRequest } from "./attempt-types.ts";
import type { EventTable, Row } from "../columns/event-table.ts";
import type { MessageHead } from "../columns/event-heads.ts";
import type { DoctorBegan, DoctorEnd, DoctorFact, DoctorTries } from "../events/doctor-events.ts";
import type { CallSiteModel, MistakeModel } from "./app-code-types.ts";
import type { CircuitFate, CircuitModel } from "./circuit-types.ts";
import type { TransportName } from "../protocol/terms.ts";
import type { DoctorRunId, FaultId, HubId, SocketId, PageId } from "../ids.ts";
import type { FaultCommand } from "../faults/vocabulary.ts";
import type { Bytes, EpochMilliseconds, Milliseconds } from "../units.ts";

export type { AttemptModel, AttemptOutcome, RequestModel, SeenRequest } from "./attempt-types.ts";

/**
 * The source of a statement. "client": the client probe; "wire": the traffic, possibly inferred; "page": an event of the page;
 * "network": the `webRequest` API.
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
  readonly doctorRuns: readonly DoctorRunModel[];
  /** Connections in workers: known from `webRequest` only, and not recorded. One per address, with each time. */
  readonly workers: readonly { readonly url: string; readonly times: EpochMilliseconds[] }[];
  /** Connections of the ASP.NET SignalR 2.x client, which has another protocol and is not recorded. One per address. */
  readonly legacy: readonly {
    readonly t: EpochMilliseconds;
    readonly url: string;
    readonly clientProtocol: string | null;
  }[];
  /** The computer's clock moved against the page's, between `since` and `t`: it slept, or the clock was set. */
  readonly clockJumps: readonly {
    readonly since: EpochMilliseconds;
    readonly t: EpochMilliseconds;
    readonly by: Milliseconds;
  }[];
  /** The computer changed its network, e.g. from "wifi" to "cellular". */
  readonly networkTypes: readonly {
    readonly t: EpochMilliseconds;
    readonly from: string;
    readonly to: string;
  }[];
  readonly dropped: number;
  /** When the document ended: left, reloaded or discarded. null: it is still open, as far as known. */
  readonly endedAt: EpochMilliseconds | null;
  /** When its recording ended while the page stayed open, and why. */
  readonly unrecordedFrom: EpochMilliseconds | null;
  readonly unrecordedBecause: RecordingEnded["reason"] | null;
  /** Time of the newest event. */
  readonly lastSeen: EpochMilliseconds;
}

/**
 * State of a hub connection on the timeline. The client's states, with the end split in two: "stopped" (the app called stop()),
 * "disconnected" (anything else), "resumed" for the gap of a stateful reconnect, which the app doesn't notice, and "paused" for a
 * connection that Blazor closed to pause its circuit.
 */
export type LaneState =
  "connecting" | "connected" | "reconnecting" | "disconnected" | "stopped" | "resumed" | "paused";

export interface StateSpan extends Span {
  readonly state: LaneState;
  readonly knowledge: Knowledge;
}

export interface HubConnectionModel {
  /** Unique in a recording: `page` and a number. */
  readonly key: string;
  readonly page: PageId;
  /** The client's HubConnection object, if the probe found it. */
  readonly hub: HubId | null;
  /** Full (redacted) URL of the hub, and its path for display. */
  readonly url: string;
  readonly path: string;
  /** Which of the page's connections to this hub it is, in the order of their appearance: 1 for the first. */
  readonly ordinal: number;
  /** How many connections to this hub the page has had. They share it, so it grows. */
  readonly alike: { readonly count: number };
  /** The frame or worker that it is in. null: the page itself, as far as known. */
  readonly place: string | null;
  readonly clientVersion: string | null;
  readonly protocol: string | null;
  readonly transport: TransportName | null;
  readonly hosting: Hosting | null;
  /** null: stateful reconnect was never requested. */
  readonly stateful: StatefulModel | null;
  /** Of Blazor Server. null: it has another protocol, as far as known. */
  readonly circuit: CircuitModel | null;
  /** What the app's code does wrong, and from where it calls. Known from the client probe only. */
  readonly mistakes: readonly MistakeModel[];
  readonly callSites: readonly CallSiteModel[];
  readonly serverTimeout: Milliseconds | null;
  readonly keepAliveInterval: Milliseconds | null;
  readonly hasReconnectPolicy: boolean | null;
  /** Current connection id. */
  readonly connectionId: string | null;
  readonly states: readonly StateSpan[];
  readonly attempts: readonly AttemptModel[];
  readonly transports: readonly TransportModel[];
  readonly requests: readonly RequestModel[];
  /** The newest token refreshes of its open connections. */
  readonly refreshes: readonly TokenRefreshed[];
  /** In order of time, and by seq for equal times. */
  readonly messages: MessageRows;
  /** Counts changes other than additions at the end: rows inserted before others, transports moved to another connection. */
  readonly lateRows: number;
  /** Seconds in which messages were only counted. */
  readonly counts: readonly MessageCounts[];
  readonly calls: readonly CallModel[];
  readonly interruptions: readonly InterruptionModel[];
  readonly failedStarts: readonly FailedStartModel[];
  /** Without swallowed messages. */
  readonly totals: { readonly in: DirectionTotal; readonly out: DirectionTotal };
}

/**
 * Who serves the connections. Azure SignalR Service is recognised by the address to which the negotiate redirects; in default
 * mode it contains the app server's path, in serverless mode it doesn't.
 */
export interface Hosting {
  readonly kind: "self-hosted" | "azure-default" | "azure-serverless" | "redirected";
  /** Host of the server that the transports connect to. */
  readonly host: string;
}

/** Stateful reconnect: what was agreed, and the counting on both sides. See stateful.ts. */
export interface StatefulModel {
  readonly asked: boolean;
  /** Whether the newest negotiate granted it. null: not answered yet. */
  granted: boolean | null;
  /** How long the server keeps a lost connection: 15 s, on Azure 30 s, unless configured otherwise. */
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
  /** Its maximum so far. At the limit (100,000 bytes by default) the client's send() waits. */
  peakBytes: Bytes;
  readonly acks: number;
}

/** One try to resume a connection with its old id. */
export interface ResumeModel {
  readonly lostAt: EpochMilliseconds;
  readonly startedAt: EpochMilliseconds;
  readonly socket: SocketId;
  /** "refused": the client fell back to a new connection. */
  outcome: "running" | "resumed" | "refused";
  endedAt: EpochMilliseconds | null;
  /** Messages that were sent again, whether or not they had arrived before: the receiver ignores known ones. */
  readonly replayed: { in: number; out: number };
  /** Unacknowledged messages at the loss. */
  readonly unacked: { readonly in: number; readonly out: number };
}

export interface DirectionTotal {
  /** All hub messages, pings included, recorded one by one or only counted. */
  readonly messages: number;
  readonly pings: number;
  readonly bytes: number;
  /** Messages that a fault swallowed; not part of `messages`. */
  readonly swallowed: number;
}

/** One WebSocket, event source or poll loop. */
export interface TransportModel extends Span {
  readonly socket: SocketId;
  readonly transport: TransportName;
  readonly url: string;
  readonly connectionId: string | null;
  readonly tokenExpiresAt: EpochMilliseconds | null;
  /** Its upgrade as reported by `webRequest`. null: not reported, or not a WebSocket. */
  upgrade: {
    readonly status: number | null;
    readonly error: string | null;
    readonly retryAfter: string | null;
    readonly headers: readonly string[];
  } | null;
  /** The request of an event stream, or the failed poll, as reported by `webRequest`. */
  seen: SeenRequest | null;
  /** The directive of the page's Content Security Policy that blocked it. */
  blockedBy: string | null;
  /**
   * An orphaned WebSocket: while the client itself closes a connection, it opens another one with the old id and then forgets
   * it. It carries no messages of the app (a bug of clients 8 to 10).
   */
  ghost: boolean;
  /** When it was started, if the recording began later: `from` is then the beginning of the recording. */
  readonly since: EpochMilliseconds | null;
  /** The newest requests of an HTTP transport that didn't end as expected. */
  readonly failedRequests: readonly TransportRequest[];
  /** Length of its full address, if it is long. */
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

/**
 * The messages of a hub connection. They are kept in columns (core/columns): a message becomes an object when it is asked for.
 * What reads all of them should use `timeAt` and `headAt`, which create nothing.
 */
export interface MessageRows extends Iterable<MessageRow> {
  readonly length: number;
  at(index: number): MessageRow | undefined;
  timeAt(index: number): EpochMilliseconds;
  sizeAt(index: number): Bytes;
  /** @throws RangeError: there is no such message */
  headAt(index: number): MessageHead;
  callAt(index: number): CallModel | null;
  /** Index of the first one at or after `t`. */
  firstFrom(t: EpochMilliseconds): number;
}

/** A hub message and what the model knows of it. */
export interface MessageRow {
  /** Without its payload. */
  readonly message: HubMessage;
  /** The call that it opens or answers. */
  readonly call: CallModel | null;
  /** With stateful reconnect: its sequence number, and whether it was sent before. */
  readonly sequence: number | null;
  readonly replay: boolean;
}

/** "unknown": it was open while answers were only counted, and its own may have been one of them. */
export type CallFate = "pending" | "completed" | "failed" | "cancelled" | "lost" | "unknown";

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

/** From the loss of a connected hub connection until it recovers or gives up, or the page ends. */
export interface InterruptionModel extends WithoutConnection {
  readonly kind: "interruption";
  outcome: InterruptionOutcome;
  /** The app didn't restart this HubConnection, but created a new one for each try. */
  byNewConnection: boolean;
  /** Of a Blazor page. null: another kind of connection, or not known (yet). */
  readonly circuit: CircuitFate | null;
  /** The client didn't notice the loss, and is still in its Connected state. */
  missedByClient: boolean;
  /** The retry policy allowed no retry at all. null: it wasn't called, or allowed one. */
  noRetry: { readonly threw: string | null } | null;
  /** When messages stopped before the loss, because the tab was frozen or a fault made the connection half-open. */
  readonly silentFrom: EpochMilliseconds | null;
  readonly connectionIdBefore: string | null;
  connectionIdAfter: string | null;
  /** Calls without an answer at the loss. */
  readonly pending: readonly CallModel[];
  /**
   * Hub methods that were called right after the first start, and not again after this reconnect with a new connection id: the
   * groups and subscriptions of the old id are gone. null: same id, or not connected (yet).
   */
  readonly notRepeated: readonly string[] | null;
  /** Messages (not pings) that a fault swallowed between the last one received and the loss. */
  readonly swallowed: { readonly in: number; readonly out: number };
  /**
   * Estimate: rate of inbound messages in the minute before, times the time without a connection. It includes swallowed
   * messages, which are counted exactly. null: not enough data.
   */
  readonly missedEstimate: number | null;
}

/** "failed": nothing is tried now. "trying": the app has called start() again. */
export type FailedStartOutcome =
  "failed" | "trying" | "connected" | "stopped-by-app" | "page-ended" | "recording-ended";

/** From the beginning of a failed start() to the first successful one, or the page's end. */
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

/** One run of the connection doctor. `until` is null while it lasts, or if the page ended first. */
export interface DoctorRunModel extends Span {
  readonly run: DoctorRunId;
  readonly page: PageId;
  readonly began: DoctorBegan;
  /** What it tries now, or tried last. */
  tries: DoctorTries | null;
  readonly facts: readonly DoctorFact[];
  end: DoctorEnd | null;
  detail: string | null;
}

/** A fault while it lasted. */
export interface FaultSpan extends Span {
  readonly fault: FaultId;
  readonly page: PageId;
  readonly command: FaultCommand;
  /** The targeted hub connection; null for the page. */
  readonly hubKey: string | null;
  readonly plannedUntil: EpochMilliseconds | null;
  end: FaultEnd | null;
  detail: string | null;
}

/** A tab's page and its frames. */
export interface RecordingModel {
  readonly pages: readonly PageModel[];
  /** Of all pages, in the order in which they were first seen. */
  readonly hubs: readonly HubConnectionModel[];
  readonly from: EpochMilliseconds;
  readonly to: EpochMilliseconds;
  readonly messages: number;
  readonly dropped: number;
  /** Number of messages whose payload was cut: it was longer than the limit in the settings, or than can be stored. */
  readonly cut: number;
  /** Incremented with every applied batch, to detect changes cheaply. */
  readonly version: number;
  /** All events, in the order of their arrival. */
  readonly events: EventTable;
  readonly notes: RowNotes;
}

/** What the model knows of a message, by its row in the table of events. */
export interface RowNotes {
  callOf(row: Row): CallModel | null;
  sequenceOf(row: Row): Pick<MessageRow, "sequence" | "replay">;
}
