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
  /** Open connections that match the fault's target. */
  readonly targets: readonly TransportConnection[];
  /** Call when the fault ends by itself. */
  finish(reason?: FaultEnd): void;
}

/** A connect is refused, at once or after a while. */
export interface Refusal {
  readonly after: Milliseconds;
}

/** A fault that lasts: what it does to connections and requests that begin while it is active, and how it is undone. */
export interface RunningFault {
  /** Runs once the fault is in effect, so that code that reacts to it immediately is affected, too. */
  begin?(): void;
  /** Undoes everything that it changed. */
  end?(): void;
  /** The fault affects only these connections, and ends when the last of them has ended. */
  readonly only?: readonly TransportConnection[];
  /** Changes messages of the targeted connections. */
  readonly stage?: Stage;
  /** Called for a targeted negotiate. undefined: it is sent unchanged. */
  negotiate?(request: HttpRequest): Promise<Outcome> | undefined;
  /** Called for a targeted request of an HTTP transport. */
  request?(connection: TransportConnection, request: HttpRequest): Promise<Outcome> | undefined;
  /** Called for a targeted connect. */
  connect?(transport: "WebSockets" | "ServerSentEvents", url: string): Refusal | undefined;
  /** A targeted connection was recognised. */
  began?(connection: TransportConnection): void;
  /** Any connection has ended. */
  ended?(connection: TransportConnection): void;
}

/**
 * Starts one fault. null: it has done all it does. Throws `Refused` when the fault is not possible; then nothing was changed.
 */
export type FaultRun<N extends FaultName> = (
  command: Extract<FaultCommand, { name: N }>,
  context: FaultContext,
) => RunningFault | null;

/** The fault is not possible here, and nothing was changed. The message is shown to the user. */
export class Refused extends Error {}
