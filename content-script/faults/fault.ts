import type { FaultEnd } from "../../extension/core/events/events.ts";
import type { FaultId } from "../../extension/core/ids.ts";
import type { FaultCommand, FaultName } from "../../extension/core/faults/vocabulary.ts";
import type { Milliseconds } from "../../extension/core/units.ts";
import type { HttpRequest, Outcome } from "../hook/transport/http-request.ts";
import type { TransportConnection } from "../hook/transport/transport-connection.ts";
import type { FaultHooks } from "../hook/transport/fault-hooks.ts";
import type { Stage } from "./stage.ts";

export interface FaultContext {
  readonly faultHooks: FaultHooks;
  readonly fault: FaultId;
  /** Open connections that the fault is aimed at. */
  readonly targets: readonly TransportConnection[];
  /** The fault is over by itself. */
  finish(reason?: FaultEnd): void;
}

/** A connect is refused, at once or after a while. */
export interface Refusal {
  readonly after: Milliseconds;
}

/** A fault that lasts: what it does to whatever begins meanwhile, and how it is undone. */
export interface RunningFault {
  /** What it does once it is in effect: whoever reacts at once meets it. */
  begin?(): void;
  /** Undoes everything that it changed. */
  end?(): void;
  /** It concerns these connections only, and is over with the last of them. */
  readonly only?: readonly TransportConnection[];
  /** What goes through the connections that it is aimed at. */
  readonly stage?: Stage;
  /** A negotiate that it is aimed at. undefined: nothing. */
  negotiate?(request: HttpRequest): Promise<Outcome> | undefined;
  /** A request of an HTTP transport that it is aimed at. */
  request?(connection: TransportConnection, request: HttpRequest): Promise<Outcome> | undefined;
  /** A connect that it is aimed at. */
  connect?(transport: "WebSockets" | "ServerSentEvents", url: string): Refusal | undefined;
  /** A connection that it is aimed at was recognised. */
  began?(connection: TransportConnection): void;
  /** Any connection is gone. */
  ended?(connection: TransportConnection): void;
}

/** One fault: starts, and says how it goes on. null: it is over already. Throws a `Refused` to change nothing. */
export type FaultRun<N extends FaultName> = (
  command: Extract<FaultCommand, { name: N }>,
  context: FaultContext,
) => RunningFault | null;

/** The fault can't be done here, and nothing was changed. The message is for a person. */
export class Refused extends Error {}
