/** The verdict on an interruption, a failed start or a hang: its cause, the confidence, and the evidence. Types only. */
import type { Knowledge } from "../model/types.ts";
import type { EpochMilliseconds } from "../units.ts";

export type Confidence = "high" | "medium" | "low";

export type CauseName =
  | "injected"
  | "server-close"
  | "server-closed-for-good"
  | "client-ping-timeout"
  | "message-too-large"
  | "server-timeout"
  | "asleep"
  | "tab-frozen"
  | "back-forward-cache"
  | "page-left"
  | "offline"
  | "server-gone"
  | "closed-by-server-socket"
  | "closed-by-browser"
  | "server-send-error"
  | "frame-too-large"
  | "unreadable-message"
  | "token-expired"
  | "connection-not-found"
  | "connect-handler-failed"
  | "idle-timeout"
  | "lifetime-limit"
  | "azure-service"
  | "ended-by-server"
  | "circuit-ended"
  | "abrupt-loss"
  | "start-failed"
  | "hanging"
  | "unknown";

/** Why a try to connect ended without a connection, or hangs: the negotiate, the transport or the handshake. */
export type ObstacleName =
  | "unreachable"
  | "csp"
  | "cors"
  | "bad-certificate"
  | "tls-failed"
  | "proxy-failed"
  | "name-not-resolved"
  | "connection-refused"
  | "unsafe-port"
  | "local-network"
  | "blocked-by-client"
  | "network-changed"
  | "no-network"
  | "timed-out"
  | "cut-while-connecting"
  | "unauthorized"
  | "forbidden"
  | "not-found"
  | "throttled"
  | "server-error"
  | "unavailable"
  | "gateway-timeout"
  | "cdn-no-answer"
  | "origin-tls"
  | "token-too-long"
  | "service-worker"
  | "sign-in-redirect"
  | "refused"
  | "not-signalr"
  | "negotiate-refused"
  | "empty-answer"
  | "redirect-loop"
  | "old-signalr"
  | "transport-failed"
  | "event-stream-failed"
  | "poll-failed"
  | "no-such-connection"
  | "before-request"
  | "after-negotiate"
  | "nothing-seen"
  | "handshake-refused"
  | "azure-refused"
  | "handshake-late"
  | "handshake-unanswered"
  | "token-pending"
  | "negotiate-unanswered"
  | "upgrade-unanswered"
  | "event-stream-unanswered"
  | "poll-unanswered"
  | "connections-in-use"
  | "no-ping"
  | "no-transport";

/** What prevented a connection. */
export interface Obstacle {
  readonly name: ObstacleName;
  readonly title: string;
  /** As sent by the server, e.g. "7" seconds. The client ignores it. */
  readonly retryAfter: string | null;
}

export interface Verdict {
  readonly cause: CauseName;
  /** A sentence for a title, e.g. "Tab was frozen: the browser closed the socket at resume". */
  readonly title: string;
  readonly confidence: Confidence;
  readonly knowledge: Knowledge;
  /** In order of time. */
  readonly evidence: readonly Evidence[];
  readonly ruledOut: readonly string[];
  /** What the app's code was notified of, in order of time: callbacks and promises. */
  readonly clientCallbacks: readonly Evidence[];
  /** What prevented the connection, or the reconnect. */
  readonly obstacle: Obstacle | null;
}

export interface Evidence {
  readonly t: EpochMilliseconds;
  readonly knowledge: Knowledge;
  readonly text: string;
}
