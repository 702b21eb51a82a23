/** Attempts and their negotiates. Mutable inside `core/model`, read-only for everyone else. */
import type { NegotiateTiming, RequestSeen } from "../events/browser-events.ts";
import type { NegotiateEnded, NegotiateStarted } from "../events/events.ts";
import type { RequestId, SocketId } from "../ids.ts";
import type { TransportName } from "../protocol/terms.ts";
import type { Bytes, EpochMilliseconds, Milliseconds } from "../units.ts";

export interface RequestModel {
  readonly request: RequestId;
  readonly started: NegotiateStarted;
  ended: NegotiateEnded | null;
  /** null: not reported. */
  seen: SeenRequest | null;
  timing: NegotiateTiming | null;
  /** The directive of the page's Content Security Policy that blocked it. */
  blockedBy: string | null;
}

/** What `webRequest` reported of a request. */
export type SeenRequest = Omit<RequestSeen, "kind" | "seq" | "t" | "request" | "socket">;

/** One try, from negotiate to handshake. */
export interface AttemptModel {
  /** 1 for the first try of an interruption, and for a start(); the count continues after failed starts. */
  readonly number: number;
  /** When the delay before it began: at the loss, or at the end of the previous try. */
  readonly from: EpochMilliseconds;
  /** The delay from the retry policy; null if not known (without the probe) or for the first start. */
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
      /** How long after it was sent, without time in which the page was hidden or frozen. */
      readonly after: Milliseconds;
      readonly error: string | null;
      readonly retryAfter: string | null;
      /** An ASP.NET SignalR 2.x server answered. */
      readonly legacy?: boolean;
      readonly redirectedTo?: string;
      readonly byServiceWorker?: boolean;
      /** `error` is what a SignalR server says in its answer. */
      readonly refused?: true;
      readonly seen?: SeenRequest;
      readonly blockedBy?: string;
      /** The hub has another origin than the page. */
      readonly foreign?: true;
    }
  | {
      readonly kind: "socket-failed";
      readonly transport: TransportName;
      readonly code: number | null;
      /** How long after it was started, likewise; undefined: not known. */
      readonly after?: Milliseconds;
      /** From `webRequest` or from an HTTP transport; undefined: not known. */
      readonly status?: number | null;
      readonly error?: string;
      readonly retryAfter?: string;
      /** Status and error are from `webRequest`; the page can't see them. */
      readonly network?: true;
      /** It had connected, but there was no handshake response. */
      readonly opened?: true;
      readonly byServiceWorker?: boolean;
      /** Length of its address, if it is long. */
      readonly addressLength?: Bytes;
      /** Which server or proxy refused it, from its headers. */
      readonly headers?: readonly string[];
      readonly blockedBy?: string;
      readonly foreign?: true;
    }
  | {
      readonly kind: "handshake-failed";
      readonly error: string;
      readonly transport: TransportName;
      /** How long it took to open, and how long after that the client sent its handshake. null: it never did. */
      readonly openedAfter: Milliseconds | null;
      readonly sentAfter: Milliseconds | null;
    }
  /**
   * The client ended it before anything was sent: the app's code failed, usually its accessTokenFactory. Of a client that has never
   * negotiated that isn't known: it may skip the negotiate, and its WebSocket isn't recognised before it opens.
   */
  | {
      readonly kind: "not-sent";
      readonly error: string | null;
      readonly negotiates: boolean;
      /** Its negotiate was answered with these transports, and the client has tried none of them. */
      readonly offered?: readonly string[];
    }
  | { readonly kind: "abandoned" };
