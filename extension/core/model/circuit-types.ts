/** What the model knows of Blazor Server's circuits. Types only. */
import type { SocketId } from "../ids.ts";
import type { CircuitMethod, ReconnectUiState } from "../protocol/blazor.ts";
import type { EpochMilliseconds } from "../units.ts";

/** The circuit of a Blazor Server page, and what was asked and told about it. In order of time. */
export interface CircuitModel {
  /** A short hash of its id. null: not told (yet), as in a recording that began later. */
  readonly id: string | null;
  readonly calls: readonly CircuitCall[];
  /** Exceptions on the server that ended it. */
  readonly errors: readonly {
    readonly t: EpochMilliseconds;
    readonly socket: SocketId;
    readonly error: string;
  }[];
  /** Changes of Blazor's reconnect UI, if the app has one of its own. */
  readonly ui: readonly { readonly t: EpochMilliseconds; readonly state: ReconnectUiState }[];
  /** When the page told the server that it is left. */
  readonly leftAt: EpochMilliseconds | null;
}

export interface CircuitCall {
  readonly method: CircuitMethod;
  readonly socket: SocketId;
  /** The circuit that was asked for. */
  readonly circuit: string | null;
  readonly sentAt: EpochMilliseconds;
  endedAt: EpochMilliseconds | null;
  /** null: none (yet). */
  answer: "accepted" | "refused" | "failed" | null;
  error: string | null;
}

/**
 * What became of a circuit after its connection was lost. "resumed": the server made a new one from its saved state (.NET 10);
 * "new": started anew; "refused": the server was back, and didn't have it any more; "ended": an exception had ended it before.
 */
export type CircuitFate = "kept" | "resumed" | "new" | "refused" | "ended";
