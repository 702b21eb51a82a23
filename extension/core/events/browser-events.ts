/** What the browser tells of the requests of SignalR and of the computer, beyond what the page's own code sees. */
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import type { RequestId, SocketId } from "../ids.ts";
import type { Stamped } from "./events.ts";

/**
 * Where a negotiate's time went, from the page's resource timing. Not recorded where the browser keeps it back: of another
 * origin without `Timing-Allow-Origin`. 0: not needed, as the connection existed.
 */
export interface NegotiateTiming extends Stamped {
  readonly kind: "negotiate-timing";
  readonly request: RequestId;
  /** `nextHopProtocol`, e.g. "h2". */
  readonly protocol: string;
  /** Before anything was sent: waiting for a free connection, or for the service worker. */
  readonly queued: Milliseconds;
  readonly dns: Milliseconds;
  /** Including TLS. */
  readonly connect: Milliseconds;
  readonly tls: Milliseconds;
  /** From the request to the first byte of the answer. */
  readonly wait: Milliseconds;
  readonly download: Milliseconds;
  /** It went through the page's service worker. */
  readonly throughServiceWorker?: boolean;
}

/** A client since .NET 11 sent a new token for an open connection (`POST …/refresh`). `t` is the end of the request. */
export interface TokenRefreshed extends Stamped {
  readonly kind: "refresh";
  /** The negotiate whose connection it is. */
  readonly request: RequestId;
  readonly duration: Milliseconds;
  /** null: no HTTP answer at all. */
  readonly status: number | null;
  readonly error?: string;
  /** How long the new token lasts. */
  readonly tokenLifetime?: Milliseconds;
}

/** What `webRequest` reported of a negotiate, an event stream or a poll, and the page can't see. */
export interface RequestSeen extends Stamped {
  readonly kind: "request-seen";
  /** A negotiate; otherwise `socket`. */
  readonly request?: RequestId;
  readonly socket?: SocketId;
  readonly method: "GET" | "POST" | "DELETE";
  /** null: no HTTP answer. */
  readonly status: number | null;
  /** The browser's name of the network error, e.g. "net::ERR_NAME_NOT_RESOLVED". */
  readonly error?: string;
  /** Status and error are those of the CORS preflight (Firefox). */
  readonly preflight?: boolean;
  readonly redirectedTo?: string;
  /** Headers that name the server, a proxy or the request, e.g. "server: nginx", "x-request-id: 0HN8K". */
  readonly headers?: readonly string[];
}

/** The page's Content Security Policy has blocked a request of SignalR. */
export interface PolicyViolated extends Stamped {
  readonly kind: "policy-violation";
  readonly url: string;
  /** The effective directive, e.g. "connect-src". */
  readonly directive: string;
}

/**
 * The computer's clock moved against the page's own: it slept, or the clock was set. Noticed between `since` and `t`.
 */
export interface ClockJumped extends Stamped {
  readonly kind: "clock-jump";
  readonly since: EpochMilliseconds;
  /** Positive: forward. */
  readonly by: Milliseconds;
}

/** The computer changed its network connection, e.g. from "wifi" to "cellular" (`navigator.connection`, ChromeOS only). */
export interface NetworkTypeChanged extends Stamped {
  readonly kind: "network-type";
  readonly from: string;
  readonly to: string;
}

export type BrowserEvent =
  NegotiateTiming | TokenRefreshed | RequestSeen | PolicyViolated | ClockJumped | NetworkTypeChanged;
