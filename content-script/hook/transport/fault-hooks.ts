/**
 * The extension points for faults. A page into which no fault is injected never loads them: the hook asks here, and as long as
 * there are no faults there is nothing to ask.
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

/** Of a constructor; its prototype is read only when it is needed, as the page may see that. */
export interface NewTarget {
  readonly prototype: object;
}

/** What the hook asks the faults that are loaded. */
export interface FaultRules {
  /** A negotiate is about to be sent to this absolute address. */
  negotiate(url: string, request: HttpRequest): RequestRule | undefined;
  /** A request of a connection over HTTP is about to be sent. */
  request(connection: TransportConnection, request: HttpRequest): RequestRule | undefined;
  /** What the page gets in place of a real socket or event source. */
  connect(
    transport: "WebSockets" | "ServerSentEvents",
    url: unknown,
    newTarget: NewTarget,
  ): object | undefined;
  /** A connection was recognised. */
  began(connection: TransportConnection): void;
  /** A connection is gone: so are the faults that concern only it. */
  ended(connection: TransportConnection): void;
}

/** All that is done on command. */
export interface Faults extends FaultRules {
  inject(command: FaultCommand): FaultAnswer;
  end(fault: FaultId | "all", reason: FaultEnd): FaultAnswer;
  /** The panel is there for at least so long. */
  renew(lease: Milliseconds): void;
}

export interface FaultHooks {
  readonly recorder: Recorder;
  readonly connections: TransportConnections;
  /** The negotiate that gave the connection token in this address. */
  requestOf(url: string): RequestId | undefined;
  /** Under a fault, answers to requests of SignalR are held until this resolves. */
  holding: Promise<void> | undefined;
  /** undefined: no faults are loaded. */
  faults: Faults | undefined;
}

/** What the faults' own script hands to the hook: it comes after page scripts, and takes what it needs from the hook. */
export type FaultScript = (shared: object, made: (create: CreateFaults) => void) => void;

export type CreateFaults = (faultHooks: FaultHooks) => Faults;
