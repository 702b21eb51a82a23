/**
 * Recorded events of the connection doctor: what it tried on a hub from this page, and what came of it. Its own connections
 * are nowhere else in the recording. What the facts mean is decided in core/doctor. See events.ts.
 */
import type { DoctorRunId } from "../ids.ts";
import type { TransportName } from "../protocol/terms.ts";
import type { Bytes, EpochMilliseconds, Milliseconds } from "../units.ts";
import type { RecordedEvent, Stamped } from "./events.ts";

/**
 * What the doctor tries, in this order. "negotiate": several requests; "connect": a transport with a protocol; "sticky": several
 * connections, each with a negotiate of its own; "resume": a stateful connection that is lost; "size": messages that grow;
 * "stay": connections that are left open.
 */
export const DOCTOR_CHECKS = ["negotiate", "connect", "sticky", "resume", "size", "stay"] as const;
export type DoctorCheck = (typeof DOCTOR_CHECKS)[number];

/** "cancelled": by the user; "page-left": it may come back from the back/forward cache; "failed": by a mistake of ours. */
export type DoctorEnd = "completed" | "cancelled" | "panel-closed" | "page-left" | "failed";

/** What the user has allowed. Everything else it finds out in the page. */
export interface DoctorOrder {
  /** The hub's address, as recorded. */
  readonly url: string;
  /** How long connections are left open; 0: not tried. */
  readonly stay: Milliseconds;
  /** Whether it may call a method that no hub has, with texts up to 1 MB: for round trips, sizes and resuming. */
  readonly calls: boolean;
}

/**
 * The token that it uses. "none": the app's client has no token factory; "borrowed": from that factory, or from the address of
 * an open connection; "failed": the factory threw; "unknown": the app's client wasn't found, so it tries without one.
 */
export type DoctorToken = "none" | "borrowed" | "failed" | "unknown";

/** "blazorpack": MessagePack under the name that Blazor's hub wants. */
export const DOCTOR_PROTOCOLS = ["json", "messagepack", "blazorpack"] as const;
export type DoctorProtocol = (typeof DOCTOR_PROTOCOLS)[number];

interface OfRun extends Stamped {
  readonly run: DoctorRunId;
}

export interface DoctorBegan extends OfRun, DoctorOrder {
  readonly kind: "doctor";
  /** Version of the @microsoft/signalr client that it uses. */
  readonly client: string;
  readonly token: DoctorToken;
  /** `exp` of the token, if it is a JWT. */
  readonly tokenExpiresAt?: EpochMilliseconds;
  /** The factory's error. */
  readonly error?: string;
  /** The transports that the app's client may use. Absent: all, or not known. */
  readonly transports?: readonly TransportName[];
  readonly skipNegotiation?: boolean;
}

/** It begins to try something. For showing progress. */
export interface DoctorTries extends OfRun {
  readonly kind: "doctor-tries";
  readonly check: DoctorCheck;
  readonly transport?: TransportName;
  readonly protocol?: DoctorProtocol;
}

/** One negotiate, with what the page can see of it. */
export interface DoctorNegotiated extends OfRun {
  readonly kind: "doctor-negotiate";
  readonly url: string;
  /** null: no HTTP answer. */
  readonly status: number | null;
  readonly duration: Milliseconds;
  /** The network error's text, the body's `error`, or the first part of an error body. */
  readonly error?: string;
  /** Absent: it is no answer of a SignalR server. Empty with an `error` of the server. */
  readonly transports?: readonly string[];
  readonly statefulReconnect?: boolean;
  /** The answer redirects the client to another server (as Azure SignalR Service does): another negotiate follows. */
  readonly redirectUrl?: string;
  /** The request was redirected to this address. */
  readonly redirectedTo?: string;
  readonly retryAfter?: string;
  /** Content-Encoding of the answer. */
  readonly encoding?: string;
  /** Response headers that name a server or a proxy, as the page may read them: "server: nginx". */
  readonly headers?: readonly string[];
  /** Directive of the page's Content Security Policy that blocked it. */
  readonly blockedBy?: string;
  /** Where its time went. Absent: the browser doesn't tell; without `connect`: its connection was open already. */
  readonly dns?: Milliseconds;
  /** With TLS. */
  readonly connect?: Milliseconds;
  readonly tls?: Milliseconds;
  readonly wait?: Milliseconds;
}

/**
 * "connected": the handshake was answered; "not-offered": the server's negotiate doesn't list the transport; "protocol-refused":
 * the server doesn't have the protocol; "refused": the transport was never open; "silent": it was open, and the handshake
 * wasn't answered in time; "negotiate-failed": it didn't get so far.
 */
export const DOCTOR_OUTCOMES = [
  "connected",
  "not-offered",
  "protocol-refused",
  "refused",
  "silent",
  "negotiate-failed",
] as const;
export type DoctorOutcome = (typeof DOCTOR_OUTCOMES)[number];

/** A connection by one transport with one protocol. */
export interface DoctorConnected extends OfRun {
  readonly kind: "doctor-connect";
  readonly transport: TransportName;
  readonly protocol: DoctorProtocol;
  /** Opened without a negotiate. */
  readonly skipNegotiation?: boolean;
  /** The second try: the first one failed. */
  readonly again?: boolean;
  readonly outcome: DoctorOutcome;
  /** Until connected, or until it failed. */
  readonly duration: Milliseconds;
  /** From the start of the transport until its socket or stream was open, or its first poll answered. */
  readonly open?: Milliseconds;
  /** From the client's handshake to the server's. */
  readonly handshake?: Milliseconds;
  /** Median time of a few calls. */
  readonly roundTrip?: Milliseconds;
  /** HTTP status of the failed request, where the page can see it. */
  readonly status?: number;
  readonly error?: string;
  /** Extensions of the WebSocket, such as compression. */
  readonly extensions?: string;
  /**
   * The server took the WebSocket's request for a long poll: something on the way removed its `Upgrade` header. Absent: not
   * known.
   */
  readonly upgradeLost?: boolean;
  readonly blockedBy?: string;
}

/** Connections one after the other, each with its own negotiate. */
export interface DoctorSticky extends OfRun {
  readonly kind: "doctor-sticky";
  readonly transport: TransportName;
  readonly tried: number;
  /** Answered 404 by a SignalR server: another one than the one that negotiated. */
  readonly notFound: number;
  /** Failed for another reason. */
  readonly failed: number;
}

/**
 * Stateful reconnect: asked for, and a connection lost on purpose. "unproven": granted, and not resumed, which may be because the
 * browser said goodbye to the server (always so in Firefox): see content-script/doctor/losable.ts.
 */
export interface DoctorResumed extends OfRun {
  readonly kind: "doctor-resume";
  readonly outcome: "resumed" | "unproven" | "not-granted";
  /** From the loss until it was back. */
  readonly duration?: Milliseconds;
  readonly error?: string;
}

/** The largest message in one direction. */
export interface DoctorSize extends OfRun {
  readonly kind: "doctor-size";
  readonly direction: "in" | "out";
  readonly transport: TransportName;
  /** The largest that arrived; 0: none did. */
  readonly passed: Bytes;
  /** The smallest that didn't. null: none failed, up to the largest that was tried. */
  readonly failed: Bytes | null;
  readonly status?: number;
  /** Close code of the WebSocket. */
  readonly code?: number;
  readonly error?: string;
}

/** A connection that was left open, without messages but pings. */
export interface DoctorStayed extends OfRun {
  readonly kind: "doctor-stay";
  readonly transport: TransportName;
  /** How long it was open. */
  readonly duration: Milliseconds;
  /** It was lost before the time was over. */
  readonly lost: boolean;
  readonly error?: string;
  readonly code?: number;
  readonly status?: number;
  /** The server's pings. */
  readonly pings: number;
  /** Median and longest time between two. */
  readonly interval?: Milliseconds;
  readonly longest?: Milliseconds;
}

export interface DoctorEnded extends OfRun {
  readonly kind: "doctor-ended";
  readonly reason: DoctorEnd;
  readonly detail?: string;
}

/** What it found out. */
export type DoctorFact =
  DoctorNegotiated | DoctorConnected | DoctorSticky | DoctorResumed | DoctorSize | DoctorStayed;

export type DoctorEvent = DoctorBegan | DoctorTries | DoctorFact | DoctorEnded;

export const isDoctorEvent = (event: RecordedEvent): event is DoctorEvent => event.kind.startsWith("doctor");
