/** What was true around a loss, gathered once for all rules. */
import { KEEP_ALIVE, SERVER_TIMEOUT } from "../protocol/defaults.ts";
import type { TransportRequest } from "../events/events.ts";
import type { Bytes, EpochMilliseconds, Milliseconds } from "../units.ts";
import { onAzure } from "../model/hosting.ts";
import { frozenBefore, near, RESUME_WINDOW } from "../model/frozen-before.ts";
import { PAUSE_REMEMBERED } from "../model/message-events.ts";
import type { InterruptionState, Loss, TransportState } from "../model/state.ts";
import type { AttemptModel, FaultSpan, OfflineSpan, PageModel, VisibilitySpan } from "../model/types.ts";
import { pingEvery } from "../model/wire-loss.ts";
import { cutsLike, type Cuts } from "./cuts.ts";
import { standstillBefore, type Standstill } from "./standstill.ts";
import { lostTogether } from "./together.ts";

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
  /** The client sent nothing for so long, far longer than it waits between pings, until a moment before. */
  readonly pausedOut: Milliseconds | null;
  /** The longest time that the main thread was blocked until a moment before. */
  readonly blocked: LongTaskSpan | null;
  readonly faults: readonly FaultSpan[];
  /** How often the client pings; without the probe its default. */
  readonly keepAlive: Milliseconds;
  /** How often the server pings, as far as this connection has shown it. */
  readonly pingEvery: Milliseconds | null;
  /** What tells of a clock that cuts connections. null: nothing, or it isn't that kind of connection. */
  readonly cuts: Cuts | null;
  /** Nobody listened for longer than the client waits for its server. */
  readonly standstill: Standstill | null;
  /** Nothing but pings and Close had come from the server since the handshake. */
  readonly nothingHeard: boolean;
  /** No call of the client had been answered, not even with a stream's item. */
  readonly nothingAnswered: boolean;
  /** The newest request of an HTTP transport that was refused shortly before. */
  readonly refused: TransportRequest | null;
  readonly onAzure: boolean;
  /** The largest message sent in the second before. */
  readonly lastSent: { readonly t: EpochMilliseconds; readonly size: Bytes } | null;
  /** The first tries after it that are over. */
  readonly firstTries: readonly AttemptModel[];
  /** Those of the connections that were lost in the same moment: one event has one cause. */
  readonly otherTries: readonly { readonly path: string; readonly attempt: AttemptModel }[];
  /** So many other connections of the same document to the same server were lost at the same time. */
  readonly together: number;
  /** What the page's browser can do by itself. null: it isn't known which browser it was. */
  readonly firefox: boolean | null;
}

/** An offline event this shortly before a loss belongs to it. */
const OFFLINE_WINDOW: Milliseconds = 5_000;

/** What the first tries meet tells what happened to the server; what later ones meet may be another story. */
const FATE_WINDOW: Milliseconds = 10_000;
const MAX_TRIES = 3;

export function gatherFacts(interruption: InterruptionState): Facts {
  const { loss, lane } = interruption;
  const { t, socket } = loss;
  const page = lane.page.model;
  const others = lostTogether(interruption);
  const hidden =
    page.visibility.findLast(
      (span) => span.state === "hidden" && span.from <= t && (span.until === null || span.until >= t),
    ) ?? null;
  const serverTimeout = lane.model.serverTimeout ?? SERVER_TIMEOUT;
  const serverTimeoutKnown = lane.model.serverTimeout !== null;
  const every = pingEvery(lane);
  const blocked = blockedBefore(page, loss);
  const timeout = { length: serverTimeout, known: serverTimeoutKnown };
  const standstill = standstillBefore(interruption, timeout, every, hidden !== null);
  const firstTries = triesAfter(interruption);
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
    serverTimeout,
    serverTimeoutKnown,
    frozen: frozenBefore(page, t),
    hidden,
    fromCache: returned?.t ?? null,
    keepAlive: lane.model.keepAliveInterval ?? KEEP_ALIVE,
    pingEvery: every,
    cuts: cutsLike(interruption),
    standstill: standstill && blocked && blocked.duration > standstill.length * MOSTLY ? null : standstill,
    nothingHeard: socket?.heardData !== true,
    nothingAnswered: socket?.heardAnswer !== true,
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
    blocked,
    faults: page.faults.filter((fault) => interruption.faults.includes(fault.fault)),
    lastSent: lastSent && t - lastSent.t < 1_000 ? { t: lastSent.t, size: lastSent.size } : null,
    firstTries,
    otherTries: others.flatMap((other) =>
      triesAfter(other).map((attempt) => ({ path: other.lane.model.path, attempt })),
    ),
    together: others.length,
    firefox: firefoxOf(page),
  };
}

/** A page that was busy for half of it didn't sleep. */
const MOSTLY = 0.5;

/** The first tries of a connection that are over. */
const triesAfter = ({ attempts, loss: { t } }: InterruptionState): AttemptModel[] =>
  attempts
    .filter(({ endedAt, origin }) => endedAt !== null && endedAt - t < FATE_WINDOW && origin !== "resume")
    .slice(0, MAX_TRIES);

/** null: it isn't known. */
export function firefoxOf({ started }: PageModel): boolean | null {
  const agent = started?.userAgent ?? "";
  return /Mozilla\//.test(agent) ? / Firefox\//.test(agent) : null;
}

const MIN_PAUSE: Milliseconds = 1_000;

function pausedBefore({ loss: { t, socket }, lane }: InterruptionState): Milliseconds | null {
  const pause = socket?.pauseOut;
  if (!pause || t - pause.t > PAUSE_REMEMBERED) return null;
  const usual = lane.model.keepAliveInterval ?? KEEP_ALIVE;
  return pause.length >= Math.max(usual * 2, MIN_PAUSE) ? pause.length : null;
}

/** A client sends its pings when the main thread lets it. What is shorter isn't why. */
const MIN_BLOCKED: Milliseconds = 1_000;

function blockedBefore({ longTasks }: PageModel, { t }: Loss): LongTaskSpan | null {
  let longest: LongTaskSpan | null = null;
  for (let i = longTasks.length - 1; i >= 0; i--) {
    const task = longTasks[i];
    if (!task || task.from + task.duration < t - PAUSE_REMEMBERED) break;
    if (task.from <= t && task.duration >= MIN_BLOCKED && task.duration > (longest?.duration ?? 0))
      longest = task;
  }
  return longest;
}
