/** What was true around a loss, gathered once for all rules. */
import type { TransportRequest } from "../../events.ts";
import type { Bytes, EpochMilliseconds, Milliseconds } from "../../units.ts";
import { onAzure } from "../hosting.ts";
import { PAUSE_REMEMBERED } from "../message-events.ts";
import type { InterruptionState, Loss, TransportState } from "../state.ts";
import type { AttemptModel, FaultSpan, OfflineSpan, PageModel, VisibilitySpan } from "../types.ts";

type LongTaskSpan = PageModel["longTasks"][number];

export interface Facts {
  readonly interruption: InterruptionState;
  readonly t: EpochMilliseconds;
  readonly socket: TransportState | null;
  /** undefined: no probe. null: the client gave no reason. */
  readonly clientError: string | null | undefined;
  /** Silence before the loss. null: nothing was ever heard or sent. */
  readonly silenceIn: Milliseconds | null;
  readonly silenceOut: Milliseconds | null;
  readonly serverTimeout: Milliseconds;
  readonly serverTimeoutKnown: boolean;
  /** A freeze that ended at most `RESUME_WINDOW` before the loss. */
  readonly frozen: VisibilitySpan | null;
  readonly hidden: VisibilitySpan | null;
  readonly fromCache: EpochMilliseconds | null;
  /** When the document went for good. */
  readonly leftAt: EpochMilliseconds | null;
  readonly offline: OfflineSpan | null;
  /** The client had sent nothing for so long, far longer than it waits between pings, until a moment before. */
  readonly pausedOut: Milliseconds | null;
  /** The longest time that the main thread was blocked until a moment before. */
  readonly blocked: LongTaskSpan | null;
  readonly faults: readonly FaultSpan[];
  /** Neither side said anything for so long before the loss. null: one of them never did. */
  readonly idle: Milliseconds | null;
  /** An earlier interruption of this hub connection came after as long an idle time. */
  readonly idleBefore: boolean;
  /** Nothing but pings and Close had come from the server since the handshake. */
  readonly nothingHeard: boolean;
  /** The newest request of an HTTP transport that was refused shortly before. */
  readonly refused: TransportRequest | null;
  readonly onAzure: boolean;
  /** The largest message sent in the second before. */
  readonly lastSent: { readonly t: EpochMilliseconds; readonly size: Bytes } | null;
  /** The first tries after it that are over. */
  readonly firstTries: readonly AttemptModel[];
  /** So many other connections of the page to the same server were lost at the same time. */
  readonly together: number;
}

/** Defaults of every client and server (signalr-facts: 30 s both). */
export const DEFAULT_TIMEOUT: Milliseconds = 30_000;

/** A browser closes the sockets of a frozen page within about 10 ms of its return; a busy page hears of it later. */
const RESUME_WINDOW: Milliseconds = 2_000;

/** An offline event this shortly before a loss belongs to it. */
const OFFLINE_WINDOW: Milliseconds = 5_000;

/** What the first tries meet tells what happened to the server; what later ones meet may be another story. */
const FATE_WINDOW: Milliseconds = 10_000;
const MOST_TRIES = 3;

export function gatherFacts(interruption: InterruptionState): Facts {
  const { loss, lane } = interruption;
  const { t, socket } = loss;
  const page = lane.page.model;
  const returned = page.moves.findLast(
    (move) => move.phase === "pageshow" && move.persisted && near(move.t, t, RESUME_WINDOW),
  );
  const lastSent = socket?.lastOutMessage ?? null;
  return {
    interruption,
    t,
    socket,
    clientError: loss.clientError,
    silenceIn: loss.lastIn === null ? null : t - loss.lastIn,
    silenceOut: loss.lastOut === null ? null : t - loss.lastOut,
    serverTimeout: lane.model.serverTimeout ?? DEFAULT_TIMEOUT,
    serverTimeoutKnown: lane.model.serverTimeout !== null,
    frozen: frozenBefore(page, t),
    hidden:
      page.visibility.findLast(
        (span) => span.state === "hidden" && span.from <= t && (span.until === null || span.until >= t),
      ) ?? null,
    fromCache: returned?.t ?? null,
    idle: idleOf(interruption),
    idleBefore: idleBefore(interruption),
    nothingHeard: socket?.heardData !== true,
    refused:
      socket?.failedRequests.findLast(
        (request) =>
          request.t <= t + 100 && t - request.t < 2_000 && (request.status === null || request.status >= 400),
      ) ?? null,
    leftAt: page.endedAt,
    onAzure: onAzure(lane.model.hosting),
    offline:
      page.offline.findLast(
        (span) => span.from <= t + 500 && (span.until === null || span.until >= t - OFFLINE_WINDOW),
      ) ?? null,
    pausedOut: pausedBefore(interruption),
    blocked: blockedBefore(page, loss),
    faults: page.faults.filter((fault) => interruption.faults.includes(fault.fault)),
    lastSent: lastSent && t - lastSent.t < 1_000 ? { t: lastSent.t, size: lastSent.size } : null,
    firstTries: interruption.attempts
      .filter(({ endedAt, origin }) => endedAt !== null && endedAt - t < FATE_WINDOW && origin !== "resume")
      .slice(0, MOST_TRIES),
    together: lostTogether(interruption),
  };
}

/** Without the probe the client's own default. */
const DEFAULT_KEEP_ALIVE: Milliseconds = 15_000;
const LEAST_PAUSE: Milliseconds = 1_000;

function pausedBefore({ loss: { t, socket }, lane }: InterruptionState): Milliseconds | null {
  const pause = socket?.pauseOut;
  if (!pause || t - pause.t > PAUSE_REMEMBERED) return null;
  const usual = lane.model.keepAliveInterval ?? DEFAULT_KEEP_ALIVE;
  return pause.length >= Math.max(usual * 2, LEAST_PAUSE) ? pause.length : null;
}

/** A client sends its pings when the main thread lets it. What is shorter isn't why. */
const LEAST_BLOCKED: Milliseconds = 1_000;

function blockedBefore({ longTasks }: PageModel, { t }: Loss): LongTaskSpan | null {
  let longest: LongTaskSpan | null = null;
  for (let i = longTasks.length - 1; i >= 0; i--) {
    const task = longTasks[i];
    if (!task || task.from + task.duration < t - PAUSE_REMEMBERED) break;
    if (task.from <= t && task.duration >= LEAST_BLOCKED && task.duration > (longest?.duration ?? 0))
      longest = task;
  }
  return longest;
}

const AT_THE_SAME_TIME: Milliseconds = 150;
const hostOf = (url: string): string => /^[a-z]+:\/\/([^/?#]*)/.exec(url)?.[1] ?? url;

function lostTogether({ lane, from }: InterruptionState): number {
  const host = hostOf(lane.model.url);
  return lane.page.lanes.filter(
    (other) =>
      other !== lane &&
      hostOf(other.model.url) === host &&
      other.interruptions.some((one) => Math.abs(one.from - from) < AT_THE_SAME_TIME),
  ).length;
}

function idleOf({ loss }: InterruptionState): Milliseconds | null {
  return loss.lastIn === null || loss.lastOut === null ? null : loss.t - Math.max(loss.lastIn, loss.lastOut);
}

/** What cuts idle connections does it after the same time again and again. */
const SAME_IDLE = 0.1;
const LEAST_IDLE: Milliseconds = 2_000;

function idleBefore(interruption: InterruptionState): boolean {
  const idle = idleOf(interruption);
  if (idle === null || idle < LEAST_IDLE) return false;
  return interruption.lane.interruptions.some((other) => {
    const before = other === interruption || other.loss.socket?.closeIn ? null : idleOf(other);
    return before !== null && Math.abs(before - idle) <= Math.max(300, idle * SAME_IDLE);
  });
}

/** The freeze during which, or right after which, a connection was lost at `t`. */
export const frozenBefore = (page: PageModel, t: EpochMilliseconds): VisibilitySpan | null =>
  page.visibility.findLast(
    (span) =>
      span.state === "frozen" &&
      span.from <= t &&
      (span.until === null || near(span.until, t, RESUME_WINDOW)),
  ) ?? null;

/** `before` lies at most `window` before `t`, or 50 ms after it (listeners run in any order). */
const near = (before: EpochMilliseconds, t: EpochMilliseconds, window: Milliseconds): boolean =>
  before <= t + 50 && t - before <= window;
