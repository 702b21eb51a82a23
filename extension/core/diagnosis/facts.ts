/** The facts around a loss, gathered once for all rules. */
import { KEEP_ALIVE, SERVER_TIMEOUT } from "../protocol/defaults.ts";
import type { TransportRequest } from "../events/events.ts";
import type { Bytes, EpochMilliseconds, Milliseconds } from "../units.ts";
import { hubName } from "../model/hub-name.ts";
import { onAzure } from "../model/hosting.ts";
import { frozenBefore, near, RESUME_WINDOW } from "../model/frozen-before.ts";
import { PAUSE_REMEMBERED } from "../model/message-events.ts";
import type { InterruptionState, Lane, Loss, TransportState } from "../model/state.ts";
import type { AttemptModel, FaultSpan, OfflineSpan, PageModel, VisibilitySpan } from "../model/types.ts";
import { pingEvery } from "../model/wire-loss.ts";
import { cachedUntilNewEvents } from "./cached-until-new-events.ts";
import { cutsLike, type Cuts, type WhichCuts } from "./cuts.ts";
import { LATE, standstillBefore, type Standstill } from "./standstill.ts";
import { lostTogether } from "./together.ts";

type LongTaskSpan = PageModel["longTasks"][number];

export interface Facts {
  readonly interruption: InterruptionState;
  readonly t: EpochMilliseconds;
  readonly socket: TransportState | null;
  /** undefined: no probe. null: the client gave no reason. */
  readonly clientError: string | null | undefined;
  /** Silence before the loss. null: nothing was ever received, or sent. */
  readonly silenceIn: Milliseconds | null;
  readonly silenceOut: Milliseconds | null;
  readonly serverTimeout: Milliseconds;
  readonly serverTimeoutKnown: boolean;
  /** It was open when the recording began, so shortly before the loss that a standstill can't be seen. */
  readonly justFound: boolean;
  /** A freeze that ended at most `RESUME_WINDOW` before the loss. */
  readonly frozen: VisibilitySpan | null;
  readonly hidden: VisibilitySpan | null;
  readonly fromCache: EpochMilliseconds | null;
  /** When the document was unloaded. */
  readonly leftAt: EpochMilliseconds | null;
  readonly offline: OfflineSpan | null;
  /** How long the client sent nothing until shortly before the loss, if that is far longer than its ping interval. */
  readonly pausedOut: Milliseconds | null;
  /** The computer's clock moved forward against the page's around the loss. */
  readonly clockJump: PageModel["clockJumps"][number] | null;
  /** The computer moved to another network just before the loss. */
  readonly newNetwork: PageModel["networkTypes"][number] | null;
  /** The longest time that the main thread was blocked until shortly before the loss. */
  readonly blocked: LongTaskSpan | null;
  readonly faults: readonly FaultSpan[];
  /** The client's ping interval; the default without the probe. */
  readonly keepAlive: Milliseconds;
  /** The server's ping interval, as observed on this connection. */
  readonly pingEvery: Milliseconds | null;
  /** Evidence of a timeout that cuts connections. null: none, or another kind of connection. */
  readonly cuts: Cuts | null;
  /** The page or the computer stood still for longer than the client's server timeout. */
  readonly standstill: Standstill | null;
  /** The server has sent only pings and Close since the handshake. */
  readonly nothingHeard: boolean;
  /** No call of the client was answered, not even with a stream item. */
  readonly nothingAnswered: boolean;
  /** The newest request of an HTTP transport that was rejected shortly before. */
  readonly refused: TransportRequest | null;
  readonly onAzure: boolean;
  /** The largest message that was sent in the last second before the loss. */
  readonly lastSent: { readonly t: EpochMilliseconds; readonly size: Bytes } | null;
  /** The first tries after the loss, if they have ended. */
  readonly firstTries: readonly AttemptModel[];
  /** The first tries of connections that were lost at the same moment: they have the same cause. */
  readonly otherTries: readonly { readonly path: string; readonly attempt: AttemptModel }[];
  /** How many other connections of the same document to the same server were lost at the same time. */
  readonly together: number;
  /** Whether the browser is Firefox. null: unknown. */
  readonly firefox: boolean | null;
}

/** An offline event this shortly before a loss belongs to it. */
const OFFLINE_WINDOW: Milliseconds = 5_000;

/** The results of the first tries show what happened to the server; later ones may have other reasons. */
const FATE_WINDOW: Milliseconds = 10_000;
const MAX_TRIES = 3;

export function gatherFacts(interruption: InterruptionState, which: WhichCuts = "real"): Facts {
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
  const { every, hasPolled } = ofLane(lane);
  const blocked = blockedBefore(page, loss);
  const timeout = { length: serverTimeout, known: serverTimeoutKnown };
  // A client that has used long polling never closes a silent connection: in @microsoft/signalr long polling has no server
  // timeout.
  const standstill = hasPolled ? null : standstillBefore(interruption, timeout, every, hidden !== null);
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
    justFound:
      socket?.since !== null && page.started?.midway === true && t - page.started.t < serverTimeout + LATE,
    frozen: frozenBefore(page, t),
    hidden,
    fromCache: returned?.t ?? null,
    keepAlive: lane.model.keepAliveInterval ?? KEEP_ALIVE,
    pingEvery: every,
    cuts: cutsLike(interruption, which),
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
    clockJump:
      page.clockJumps.findLast(
        (jump) => jump.by > 0 && jump.since <= t + 500 && jump.t >= t - OFFLINE_WINDOW,
      ) ?? null,
    newNetwork: page.networkTypes.findLast((one) => one.t <= t + 500 && one.t >= t - OFFLINE_WINDOW) ?? null,
    pausedOut: pausedBefore(interruption),
    blocked,
    faults: page.faults.filter((fault) => interruption.faults.includes(fault.fault)),
    lastSent: lastSent && t - lastSent.t < 1_000 ? { t: lastSent.t, size: lastSent.size } : null,
    firstTries,
    otherTries: others.flatMap((other) =>
      triesAfter(other).map((attempt) => ({ path: hubName(other.lane.model), attempt })),
    ),
    together: others.length,
    firefox: firefoxOf(page),
  };
}

/** What its verdicts have in common. */
const ofLane = cachedUntilNewEvents(
  (lane: Lane) => lane,
  (lane) => ({
    every: pingEvery(lane),
    hasPolled: lane.model.transports.some((one) => one.transport === "LongPolling"),
  }),
);

/** A page that was busy for half of the time was not frozen. */
const MOSTLY = 0.5;

/** The first tries of a connection, if they have ended. */
const triesAfter = ({ attempts, loss: { t } }: InterruptionState): AttemptModel[] =>
  attempts
    .filter(({ endedAt, origin }) => endedAt !== null && endedAt - t < FATE_WINDOW && origin !== "resume")
    .slice(0, MAX_TRIES);

/** null: unknown. */
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

/** The client sends its pings on the main thread. A shorter block can't be the cause. */
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
