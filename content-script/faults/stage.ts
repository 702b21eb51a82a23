/** What one fault does to one message. */
import type { Direction } from "../../extension/core/protocol/terms.ts";
import type { FaultId } from "../../extension/core/ids.ts";
import type { FlowDirection } from "../../extension/core/faults/parameter.ts";
import type { Bytes, Milliseconds } from "../../extension/core/units.ts";
import type { TransportConnection } from "../hook/transport/transport-connection.ts";

/** A hub message, or the handshake, which has `type` -1. */
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
  /** It is swallowed; for the sender it counts as sent. */
  | { readonly kind: "absorb" }
  /** Order is preserved: later messages wait, too. */
  | { readonly kind: "delay"; readonly by: Milliseconds }
  | { readonly kind: "repeat" };

export interface Stage {
  readonly fault: FaultId;
  /** undefined: it passes unchanged. */
  pass(message: Passing, direction: Direction, connection: TransportConnection): Effect | undefined;
}

export const flows = (wanted: FlowDirection, direction: Direction): boolean =>
  wanted === "both" || wanted === direction;
