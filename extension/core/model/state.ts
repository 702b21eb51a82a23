/** The reducer's writable view of the model, with additional internal fields. Types only. */
import type { TableMessage, MessageHead } from "../columns/event-heads.ts";
import type { HubFound } from "../events/events.ts";
import type { DoctorRunId, FaultId, HubId, RequestId, SocketId } from "../ids.ts";
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import type { EventTable } from "../columns/event-table.ts";
import type { CircuitModel } from "./circuit-types.ts";
import type { MessageNotes, WritableMessageRows } from "./message-rows.ts";
import type {
  AttemptModel,
  AttemptOutcome,
  CallModel,
  DirectionTotal,
  DoctorRunModel,
  FailedStartModel,
  FaultSpan,
  HubConnectionModel,
  InterruptionModel,
  LaneState,
  PageModel,
  RequestModel,
  TransportModel,
} from "./types.ts";

/** Drops `readonly` one level deep, from fields and from their arrays. */
export type Writable<T> = {
  -readonly [K in keyof T]: T[K] extends readonly (infer U)[] ? U[] : T[K];
};

export interface Pause {
  /** When it ended. */
  readonly t: EpochMilliseconds;
  readonly length: Milliseconds;
}

/** A Close, with its time. */
export type CloseMessage = MessageHead & { readonly t: EpochMilliseconds };

export interface TransportState extends Writable<TransportModel> {
  lane: Lane;
  /** The hub protocol from its handshake. */
  protocol: string | null;
  readonly request: RequestId | null;
  attempt: AttemptState | null;
  /** Close message of the server, and of the client. */
  closeIn: CloseMessage | null;
  closeOut: CloseMessage | null;
  /** Newest messages that aren't pings, for evidence. */
  lastOutMessage: TableMessage | null;
  /** The newest message from the server could not be decoded. */
  lastInBroken: boolean;
  /** Time of the newest message from the server that was recorded individually. */
  lastInMessageAt: EpochMilliseconds;
  /** The longest recent pause before a message of the client, or of the server. */
  pauseOut: Pause | null;
  pauseIn: Pause | null;
  /** The shortest silence before a ping of the server: it pings when it has sent nothing for its KeepAliveInterval. */
  pingEvery: Milliseconds | null;
  /** The longest time without a message from the server that it survived. */
  longestSilence: Milliseconds;
  /** The same without a message in either direction. */
  longestQuiet: Milliseconds;
  /** The server has sent something other than pings, acknowledgements and Close. */
  heardData: boolean;
  /** The server has sent a stream item or completion for a call of the client. */
  heardAnswer: boolean;
  resumedBySequence: boolean;
  /** Sequence numbers of the next messages; after a Sequence message they may be replays. */
  readonly cursor: { in: number; out: number };
}

export interface AttemptState extends Writable<AttemptModel> {
  /** How its newest transport failed; the client may fall back to another one within the same attempt. */
  failure: { readonly outcome: AttemptOutcome; readonly t: EpochMilliseconds } | null;
}

export interface RequestState extends RequestModel {
  lane: Lane;
  attempt: AttemptState;
}

/** Loss of a connection: what was true at that moment. */
export interface Loss {
  readonly t: EpochMilliseconds;
  readonly socket: TransportState | null;
  readonly lastIn: EpochMilliseconds | null;
  readonly lastOut: EpochMilliseconds | null;
  /** What the client gave as its reason; undefined without the probe. */
  clientError: string | null | undefined;
}

export interface InterruptionState extends Writable<
  Omit<InterruptionModel, "missedEstimate" | "swallowed" | "notRepeated" | "circuit">
> {
  readonly loss: Loss;
  readonly lane: Lane;
  readonly swallowed: InterruptionModel["swallowed"];
  readonly missedEstimate: InterruptionModel["missedEstimate"];
  readonly notRepeated: InterruptionModel["notRepeated"];
  readonly circuit: InterruptionModel["circuit"];
}

export interface FailedStartState extends Writable<FailedStartModel> {
  readonly lane: Lane;
}

export type CircuitState = Writable<CircuitModel>;

/** A hub connection while it is being reduced. */
export interface Lane {
  readonly model: Writable<Omit<HubConnectionModel, "totals" | "messages" | "circuit">> & {
    circuit: CircuitState | null;
    readonly messages: WritableMessageRows;
    totals: { in: Writable<DirectionTotal>; out: Writable<DirectionTotal> };
  };
  readonly page: PageState;
  /** See HubConnectionModel. */
  readonly alike: { count: number };
  /** The client's HubConnection object; the newest one if the app creates one for each try. */
  hub: HubId | null;
  readonly key: string;
  state: LaneState;
  /** The newest transport that completed its handshake, or is about to. */
  current: TransportState | null;
  attempt: AttemptState | null;
  /** The running attempt, or the one before. */
  newest: AttemptState | null;
  interruption: InterruptionState | null;
  failedStart: FailedStartState | null;
  /** How many attempts there were before the newest start() of the client. */
  startedWith: number;
  /** The app called stop(), as far as seen. */
  stopping: boolean;
  /** Without the probe it looked like a stop(); a try right afterwards shows that it was a loss. */
  perhapsStopped: { readonly t: EpochMilliseconds; readonly pending: readonly CallModel[] } | null;
  /** The same as the model's, with internal fields. */
  readonly interruptions: InterruptionState[];
  readonly calls: Map<string, CallModel>;
  readonly sequences: { in: SequenceState; out: SequenceState };
  /** The transport that last failed before its handshake: a step right afterwards may be the fallback to the next one. */
  failed: {
    readonly attempt: AttemptState;
    readonly transport: TransportState;
    readonly t: EpochMilliseconds;
  } | null;
}

/** The side that keeps messages of one direction until they are acknowledged. */
export interface SequenceState {
  last: number;
  acked: number;
  unackedBytes: number;
  peakBytes: number;
  acks: number;
  /** Sizes of the unacknowledged messages, `acked + 1` to `last`. Equal sizes are one entry. */
  readonly waiting: { count: number; readonly size: number }[];
}

export interface PageState {
  readonly model: Writable<PageModel>;
  readonly events: EventTable;
  readonly notes: MessageNotes;
  readonly lanes: Lane[];
  readonly byHub: Map<HubId, Lane>;
  /** An index, as a page may use a thousand addresses. */
  readonly byUrl: Map<string, Lane[]>;
  readonly found: Map<HubId, HubFound>;
  readonly transports: Map<SocketId, TransportState>;
  readonly requests: Map<RequestId, RequestState>;
  readonly faults: Map<FaultId, FaultSpan>;
  readonly doctorRuns: Map<DoctorRunId, Writable<DoctorRunModel>>;
  /** Negotiates that were redirected to another server, where their client hasn't been seen yet. Oldest first. */
  redirects: RequestState[];
  /** Without the probe: answered negotiates that wait for their transport. */
  unfollowed: RequestState[];
  readonly byConnectionId: Map<string, TransportState>;
  /** The newest transport that used a negotiate's token. */
  readonly byRequest: Map<RequestId, TransportState>;
  /** Number of events: lazily computed values are computed again when it has changed. */
  applied: number;
  lastSeq: number;
  /** Interruptions and failed starts so far, for their keys. */
  interruptions: number;
  failedStarts: number;
}
