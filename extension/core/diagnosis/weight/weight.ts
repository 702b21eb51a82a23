/**
 * The weight of an interruption: what it took from the loss until the connection was there again, and what the app did then until its
 * traffic was steady. Compared with the first start of the same connection, and with its other reconnects.
 */
import { firstIndex } from "../../first-index.ts";
import { awakeTime } from "../../model/awake.ts";
import { downFrom } from "../../model/downtime.ts";
import { reduced } from "../../model/reduced.ts";
import type { InterruptionState, Lane } from "../../model/state.ts";
import type { AttemptModel, HubConnectionModel, InterruptionModel, PageModel } from "../../model/types.ts";
import type { Bytes, EpochMilliseconds, Milliseconds } from "../../units.ts";
import { nextPageOf } from "./next-page.ts";
import {
  settle,
  type Beginning,
  type EndReason,
  type MethodCalls,
  type Settled,
  type SteadyAt,
  type Work,
} from "./steady.ts";
import { usualBefore, type Usual } from "./usual-traffic.ts";

export interface Weight {
  /** When messages stopped; when it was connected again; and when it was steady, as far as known. */
  readonly lostAt: EpochMilliseconds;
  readonly connectedAt: EpochMilliseconds;
  readonly steady: SteadyAt;
  /** What was usual in the minute before the loss. null: not known. */
  readonly usual: Usual | null;
  /** To connect: tries that have begun, and what they sent. */
  readonly tries: number;
  readonly negotiates: number;
  readonly transports: number;
  /** After it had connected. */
  readonly work: Work;
  /** The page was loaded anew: its own connection to the same hub came after the loss. */
  readonly byReload: boolean;
  /** How long the page was visible without a connection. */
  readonly visible: Milliseconds;
  /** What followed the first start. `took` is null if it isn't known when it was steady. The whole is null if it isn't recorded. */
  readonly firstStart: (Work & { readonly took: Milliseconds | null }) | null;
  /** Calls of the same methods as after the first start, and the bytes of their answers. */
  readonly repeated: { readonly calls: number; readonly answered: Bytes };
}

/**
 * @param pages of the same recording; without them nothing is known of a page that was loaded after the loss
 * @returns null: it isn't connected again, as far as known
 */
export function weightOf(interruption: InterruptionModel, pages: readonly PageModel[] = []): Weight | null {
  const state = reduced(interruption);
  if (state.kind !== "interruption") return null;
  const next = nextPageOf(state, state.lane.page.model, pages);
  if (!next) return returned(state);
  return weigh(state, { ...next, knownFrom: knownFrom(state.lane) }, [...state.attempts, ...next.attempts]);
}

interface Known {
  readonly weight: Weight | null;
  readonly applied: number;
  readonly lateRows: number;
}

/** Later events don't change what is steady: a recording may have thousands of interruptions, and goes on. */
const known = new WeakMap<InterruptionState, Known>();

function returned(state: InterruptionState): Weight | null {
  const before = known.get(state);
  const { applied } = state.lane.page;
  const { lateRows } = state.lane.model;
  if (before?.lateRows === lateRows) {
    if (before.applied === applied || (before.weight && !isOpen(before.weight.steady))) return before.weight;
  }
  const weight = weighReturned(state);
  known.set(state, { weight, applied, lateRows });
  return weight;
}

const isOpen = (steady: SteadyAt): boolean => steady.kind === "unknown" && steady.why === "recording-ended";

function weighReturned(state: InterruptionState): Weight | null {
  const { lane, until, outcome, attempts } = state;
  if (until === null || (outcome !== "reconnected" && outcome !== "resumed" && outcome !== "restarted"))
    return null;
  const socket = attempts.at(-1)?.socket;
  const handshakeAt = lane.page.transports.get(socket ?? -1)?.handshakeAt ?? until;
  const since = Math.min(until, Math.max(handshakeAt, state.from));
  return weigh(
    state,
    { hub: lane.model, page: lane.page.model, since, knownFrom: knownFrom(lane) },
    attempts,
  );
}

function weigh(state: InterruptionState, beginning: Beginning, attempts: readonly AttemptModel[]): Weight {
  const { lane, loss, pending } = state;
  const { since, page } = beginning;
  const lasting = new Set(pending.map(({ target }) => target));
  const lostFrom = loss.socket?.handshakeAt ?? loss.socket?.from ?? state.from;
  const usual = usualBefore(lane.model, Math.max(lostFrom, beginning.knownFrom), downFrom(state));
  const { steady, work } = settle(beginning, usual, lasting);
  const firstStart = firstStartOf(lane, usual, lasting);
  const tried = attempts.filter(({ startedAt }) => startedAt !== null && startedAt <= since);
  const sum = (of: (attempt: AttemptModel) => number): number => tried.reduce((n, one) => n + of(one), 0);
  const byReload = page !== lane.page.model;
  const down = { from: downFrom(state), until: byReload ? (lane.page.model.endedAt ?? since) : since };
  return {
    lostAt: down.from,
    connectedAt: since,
    steady,
    usual,
    tries: tried.length,
    negotiates: sum(({ requests }) => requests.length),
    transports: sum(({ sockets }) => sockets.length),
    work,
    byReload,
    visible:
      awakeTime(lane.page.model, down.from, down.until) +
      (byReload ? awakeTime(page, Math.max(down.until, page.started?.openedAt ?? 0), since) : 0),
    firstStart,
    repeated: firstStart ? repeatedOf(work, firstStart) : { calls: 0, answered: 0 },
  };
}

/** Since when the messages of its page are all there: a recording above its limit loses the oldest ones. */
function knownFrom({ page }: Lane): EpochMilliseconds {
  const missing = page.lastSeq - (page.model.started?.seq ?? 1) + 1 > page.applied;
  if (!missing) return -Infinity;
  return Math.min(
    ...page.lanes.map(({ model: { messages } }) => (messages.length > 0 ? messages.timeAt(0) : Infinity)),
  );
}

function firstStartOf(lane: Lane, usual: Usual | null, lasting: ReadonlySet<string>): Weight["firstStart"] {
  const first = lane.model.transports.find(
    ({ since, handshakeAt }) => since !== null || handshakeAt !== null,
  );
  if (!first || first.since !== null || first.handshakeAt === null) return null;
  const { steady, work }: Settled = settle(
    { hub: lane.model, page: lane.page.model, since: first.handshakeAt, knownFrom: knownFrom(lane) },
    usual,
    lasting,
  );
  if (steady.kind === "unknown" && NOT_RECORDED.includes(steady.why)) return null;
  return { ...work, took: steady.kind === "steady" ? steady.t - first.handshakeAt : null };
}

const NOT_RECORDED: readonly EndReason[] = ["counted", "removed", "recording-ended"];

function repeatedOf({ methods }: Work, first: Work): Weight["repeated"] {
  const before = new Map(first.methods.map((method): [string, MethodCalls] => [method.target, method]));
  let [calls, answered] = [0, 0];
  for (const { target, count, answered: bytes } of methods) {
    const again = Math.min(count, before.get(target)?.count ?? 0);
    calls += again;
    answered += Math.round((bytes * again) / Math.max(1, count));
  }
  return { calls, answered };
}

/** What its other reconnects took, as medians. */
export interface Usually {
  readonly reconnects: number;
  readonly calls: number;
  readonly bytesIn: Bytes;
  readonly steadyAfter: Milliseconds;
}

const NEIGHBOURS = 10;
const FEWEST = 2;

/**
 * Of the reconnects of the same connection nearest to this one: there may be thousands.
 * @returns null: there are fewer than two of which it is known
 */
export function usually(
  { from, key }: InterruptionModel,
  { interruptions }: HubConnectionModel,
): Usually | null {
  const at = firstIndex(interruptions.length, (i) => (interruptions[i]?.from ?? 0) < from);
  const others = interruptions.slice(Math.max(0, at - NEIGHBOURS), at + NEIGHBOURS).flatMap((other) => {
    const weight = other.key === key ? null : weightOf(other);
    return weight?.steady.kind === "steady" ? [{ ...weight, steadyAt: weight.steady.t }] : [];
  });
  if (others.length < FEWEST) return null;
  const median = (of: (one: (typeof others)[number]) => number): number =>
    others.map(of).sort((a, b) => a - b)[Math.floor((others.length - 1) / 2)] ?? 0;
  return {
    reconnects: others.length,
    calls: median(({ work }) => work.calls),
    bytesIn: median(({ work }) => work.in.bytes),
    steadyAfter: median(({ steadyAt, connectedAt }) => steadyAt - connectedAt),
  };
}
