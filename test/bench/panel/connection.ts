/** One hub connection of the generated recording. */
import type { Unstamped } from "../../../extension/core/events/events.ts";
import type { TransportName } from "../../../extension/core/protocol/terms.ts";

export interface Recorder {
  /** From 0 to below 1. */
  random(): number;
  /** Records events at the current time. */
  add(...events: Unstamped[]): void;
  /** Lets time pass. @returns the time then */
  wait(milliseconds: number): number;
  now(): number;
}

/** A call or a stream that waits for its end. */
export interface Open {
  readonly invocationId: string;
  readonly due: number;
}

export interface Connection {
  readonly hub: number;
  readonly url: string;
  readonly transport: TransportName;
  /** Its part of all traffic. */
  readonly share: number;
  socket: number;
  /** How many happenings are left until it is lost. */
  left: number;
  /** Number of its latest call. */
  calls: number;
  open: Open[];
  stream: string | null;
  pingedAt: number;
  losses: number;
}

export function createConnection(
  hub: number,
  { path, transport, share }: { path: string; transport: TransportName; share: number },
): Connection {
  return {
    hub,
    url: `https://board.example${path}`,
    transport,
    share,
    socket: 0,
    // The first loss comes early, so that a short recording has some, too.
    left: Math.round(2_500 * share),
    calls: 0,
    open: [],
    stream: null,
    pingedAt: 0,
    losses: 0,
  };
}
