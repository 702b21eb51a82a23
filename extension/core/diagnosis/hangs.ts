/**
 * Watchdogs: finds what waits, or has waited, longer than it should. Derived from the model and the time; nothing is recorded when a
 * step isn't answered. Time in which the page was hidden or frozen doesn't count, nor any in which the panel itself stood still.
 */
import { SERVER_TIMEOUT } from "../protocol/defaults.ts";
import { hostOf, hubUrlOf } from "../protocol/addresses.ts";
import { FAULTS } from "../faults/outlines.ts";
import type { FaultName } from "../faults/registry.ts";
import type { FaultId } from "../ids.ts";
import { downtimesOf } from "../model/downtimes-of.ts";
import { awakeTime } from "../model/awake.ts";
import type { Gap } from "../model/downtime.ts";
import { heldConnections, MOST_CONNECTIONS } from "../model/held-connections.ts";
import { isThere } from "../model/page-end.ts";
import type {
  AttemptModel,
  Downtime,
  HubConnectionModel,
  PageModel,
  RecordingModel,
} from "../model/types.ts";
import { waitsOf, waitWhileConnected, type Wait, type WaitStep } from "../model/waits.ts";
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import type { Hang, HangOutcome, LongWait, Watched } from "./hang.ts";

/** Normal steps take less, even on a slow network or when an app's server has to start first. */
export const SHOWN_AFTER: Milliseconds = 5_000;

/** Of a start: the server's HandshakeTimeout; after this time it also forgets a negotiate that no transport follows. */
const START_LIMIT: Milliseconds = 15_000;
/** The client itself waits 100 s for the answer, which is the proxy's or the server's to give; most proxies wait 30 to 60 s. */
const NEGOTIATE_LIMIT: Milliseconds = 30_000;

function limitOf(step: WaitStep, { serverTimeout }: Pick<HubConnectionModel, "serverTimeout">): Milliseconds {
  switch (step) {
    case "negotiate":
    case "redirect":
      return NEGOTIATE_LIMIT;
    case "token":
    case "upgrade":
    case "event-stream":
    case "poll":
    case "handshake":
      return START_LIMIT;
    case "first-ping":
      return serverTimeout ?? SERVER_TIMEOUT;
    case "no-transport":
      return SHOWN_AFTER;
  }
}

/** When a step is shown as waiting. A server without other messages sends its first ping after 15 s. */
const shownAfter = (
  step: WaitStep,
  { serverTimeout }: Pick<HubConnectionModel, "serverTimeout">,
): Milliseconds =>
  step === "first-ping" ? Math.max(SHOWN_AFTER, ((serverTimeout ?? SERVER_TIMEOUT) * 2) / 3) : SHOWN_AFTER;

/** Steps that need one of the browser's HTTP connections. A handshake over an event stream or long polling is a request of its own. */
const needsConnection = ({ step, transport }: Wait): boolean =>
  step === "negotiate" ||
  step === "redirect" ||
  step === "event-stream" ||
  step === "poll" ||
  (step === "handshake" && transport !== "WebSockets");

export const isFull = ({ held }: Pick<Hang, "held">): boolean =>
  held !== null && held.eventStreams + held.polls >= MOST_CONNECTIONS;

/**
 * @param now until when it is known that nothing came: the present, or the end of the recording
 * @param paused when the observer itself stood still, as the computer slept
 */
export function watchdogs(
  model: RecordingModel,
  now: EpochMilliseconds,
  paused: readonly Gap[] = [],
): Watched {
  const waiting: LongWait[] = [];
  const hangs: Hang[] = [];
  const pages = new Map(model.pages.map((page) => [page.id, page]));
  for (const hub of model.hubs) {
    const page = pages.get(hub.page) ?? null;
    const look = (wait: Wait, key: string, attempt: AttemptModel | null, within: Downtime | null): void => {
      if ((wait.until ?? now) - wait.from < SHOWN_AFTER) return;
      const length = awakeTime(page, wait.from, wait.until ?? now, paused);
      if (length < shownAfter(wait.step, hub)) return;
      if (wait.end === "waiting" && page !== null && isThere(page)) waiting.push({ hub, wait, length });
      const hang = hangOf({ model, hub, page, wait, key, attempt, within, length, now });
      if (hang) hangs.push(hang);
    };
    const within = new Map(
      downtimesOf(hub).flatMap((one) => one.attempts.map((attempt) => [attempt, one] as const)),
    );
    for (const [i, attempt] of hub.attempts.entries()) {
      // Most attempts are over within moments.
      if ((attempt.endedAt ?? now) - (attempt.startedAt ?? Infinity) < SHOWN_AFTER) continue;
      const downtime = within.get(attempt) ?? null;
      // How one failed is told by its outcome.
      if (downtime && attempt.endedAt !== null && attempt.outcome.kind !== "connected") continue;
      for (const [j, wait] of waitsOf(attempt, hub).entries())
        look(wait, `${hub.key}~${i}.${j}`, attempt, downtime);
    }
    const open = waitWhileConnected(hub);
    if (open) look(open, `${hub.key}~${open.step}${open.socket}`, null, null);
  }
  return { waiting, hangs: hangs.sort((a, b) => a.from - b.from) };
}

/** The hangs that have a card of their own. The others belong to an interruption or a failed start, which tells them. */
export const ownHangs = ({ hangs }: Watched): readonly Hang[] =>
  hangs.filter(({ within }) => within === null);

interface Seen {
  readonly model: RecordingModel;
  readonly hub: HubConnectionModel;
  readonly page: PageModel | null;
  readonly wait: Wait;
  readonly key: string;
  readonly attempt: AttemptModel | null;
  readonly within: Downtime | null;
  readonly length: Milliseconds;
  readonly now: EpochMilliseconds;
}

function hangOf({ model, hub, page, wait, key, attempt, within, length, now }: Seen): Hang | null {
  const end = wait.until ?? now;
  // Streams that began to open together are open by then; one that is closed later lets it go on.
  const held = needsConnection(wait)
    ? heldConnections(model, hostOf(wait.url), wait.from + SHOWN_AFTER)
    : null;
  const limit = isFull({ held }) ? SHOWN_AFTER : limitOf(wait.step, hub);
  if (length < limit) return null;
  return {
    kind: "hang",
    key,
    hubKey: hub.key,
    from: wait.from,
    until: wait.until,
    outcome: outcomeOf(wait, page, hub),
    knowledge:
      hub.hub !== null && (wait.step === "token" || wait.step === "no-transport") ? "client" : "wire",
    attempts: attempt ? [attempt] : [],
    faults: faultsDuring(hub, page, wait, end),
    within,
    wait,
    total: end - wait.from,
    length,
    limit,
    held,
    hub,
    page,
  };
}

function outcomeOf({ end, until }: Wait, page: PageModel | null, hub: HubConnectionModel): HangOutcome {
  switch (end) {
    case "answered":
      return "went-on";
    case "failed":
      return "failed";
    case "waiting":
    case "left": {
      if (page?.endedAt != null && (until ?? Infinity) >= page.endedAt) return "page-ended";
      if (page?.unrecordedFrom != null && (until ?? Infinity) >= page.unrecordedFrom)
        return "recording-ended";
      if (end === "waiting") return "waiting";
      return hub.states.some(({ state, from }) => state === "stopped" && from === until)
        ? "stopped-by-app"
        : "failed";
    }
  }
}

/** Faults that break nothing, but make a step wait. */
const DELAYING: ReadonlySet<FaultName> = new Set(["slow-negotiate", "slow-handshake"]);

function delays(name: FaultName, step: WaitStep): boolean {
  if (name === "duplicate-messages") return false;
  if (name === "drop-pings") return step === "first-ping";
  return FAULTS[name].lasting && (FAULTS[name].breaks !== "no" || DELAYING.has(name));
}

/** Faults that concern this connection when it began to wait, or soon after. */
function faultsDuring(
  { url, key }: HubConnectionModel,
  page: PageModel | null,
  { from, step }: Wait,
  until: EpochMilliseconds,
): FaultId[] {
  return (page?.faults ?? [])
    .filter(({ command: { target, name }, hubKey, from: began, until: ended }) => {
      const concerned =
        target.scope === "hub" ? hubUrlOf(target.url) === url : hubKey === null || hubKey === key;
      const during = began <= Math.min(until, from + SHOWN_AFTER) && (ended ?? Infinity) >= from;
      return concerned && during && delays(name, step);
    })
    .map(({ fault }) => fault);
}
