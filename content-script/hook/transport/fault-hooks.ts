/**
 * The extension points for faults. Faults are loaded only into pages that need them: until then `faults` is undefined, and the
 * hook does nothing here.
 */
import type { FaultEnd } from "../../../extension/core/events/events.ts";
import type { FaultId, RequestId } from "../../../extension/core/ids.ts";
import type { FaultCommand } from "../../../extension/core/faults/vocabulary.ts";
import type { FaultAnswer } from "../../../extension/messages/hook-relay.ts";
import type { Milliseconds } from "../../../extension/core/units.ts";
import type { HttpRequest, Outcome } from "./http-request.ts";
import type { TransportConnection, TransportConnections } from "./transport-connection.ts";
import type { Recorder } from "../record/recorder.ts";

/** What a fault does to a request. */
export interface RequestRule {
  readonly fault: FaultId;
  readonly before: Promise<Outcome>;
}

/** `new.target` of a constructor. Its prototype is read only when needed, as the page can notice that. */
export interface NewTarget {
  readonly prototype: object;
}

/** What the hook asks the loaded faults. */
export interface FaultRules {
  /** A negotiate is about to be sent to this absolute address. */
  negotiate(url: string, request: HttpRequest): RequestRule | undefined;
  /** A request of a connection over HTTP is about to be sent. */
  request(connection: TransportConnection, request: HttpRequest): RequestRule | undefined;
  /** What the page gets instead of a real socket or event source. */
  connect(
    transport: "WebSockets" | "ServerSentEvents",
    url: unknown,
    newTarget: NewTarget,
  ): object | undefined;
  /** A connection was recognised. */
  began(connection: TransportConnection): void;
  /** A connection has ended, and with it the faults that affect only this connection. */
  ended(connection: TransportConnection): void;
}

/** Commands to the faults. */
export interface Faults extends FaultRules {
  inject(command: FaultCommand): FaultAnswer;
  end(fault: FaultId | "all", reason: FaultEnd): FaultAnswer;
  /** The panel will be open for at least this time. */
  renew(lease: Milliseconds): void;
}

export interface FaultHooks {
  readonly recorder: Recorder;
  readonly connections: TransportConnections;
  /** The negotiate that gave the connection token in this address. */
  requestOf(url: string): RequestId | undefined;
  /** Set by a fault: answers to requests of SignalR are held until this resolves. */
  holding: Promise<void> | undefined;
  /** undefined: no faults are loaded. */
  faults: Faults | undefined;
}

/**
 * The function that the script of faults or doctor passes to the hook. It takes the browser's functions from the hook, as page
 * scripts may have replaced them.
 */
export type ToolScript<T> = (shared: readonly unknown[], made: (create: T) => void) => void;

export type CreateFaults = (faultHooks: FaultHooks) => Faults;
