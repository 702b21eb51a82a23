/** What one fault makes of one message on its way. */
import type { Direction } from "../../extension/core/protocol/terms.ts";
import type { FaultId } from "../../extension/core/ids.ts";
import type { FlowDirection } from "../../extension/core/faults/parameter.ts";
import type { Bytes, Milliseconds } from "../../extension/core/units.ts";
import type { TransportConnection } from "../hook/transport/transport-connection.ts";

/** A hub message, or the handshake, which is none: `type` -1. */
export interface Passing {
  readonly type: number;
  readonly target: string | undefined;
  readonly size: Bytes;
  /** Of Ack and Sequence messages. */
  readonly sequenceId: number | undefined;
}

export const HANDSHAKE = -1;

export type Effect =
  | { readonly kind: "swallow" }
  /** It goes no further, and counts as sent. */
  | { readonly kind: "absorb" }
  /** Order is kept: what comes behind waits, too. */
  | { readonly kind: "delay"; readonly by: Milliseconds }
  | { readonly kind: "repeat" };

export interface Stage {
  readonly fault: FaultId;
  /** undefined: it passes as it is. */
  pass(message: Passing, direction: Direction, connection: TransportConnection): Effect | undefined;
}

export const flows = (wanted: FlowDirection, direction: Direction): boolean =>
  wanted === "both" || wanted === direction;
