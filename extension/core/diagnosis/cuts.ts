/**
 * Timeouts cut connections after the same time each time: after a time without messages (an idle timeout), or at a certain age
 * (a lifetime limit). Two cuts after a similar time prove little by themselves. A connection over the same route that survived
 * a longer idle time, or became older, refutes it.
 */
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import type { InterruptionState, Lane, TransportState } from "../model/state.ts";
import { isSameTime, lostTogether, othersOf } from "./together.ts";
import { cachedUntilNewEvents } from "./cached-until-new-events.ts";

export interface Cuts {
  /** Time since the last message that keeps the connection alive. null: there was none. */
  readonly quiet: Milliseconds | null;
  readonly age: Milliseconds;
  /** Earlier or later cuts at other moments after the same idle time, and at the same age: the first `MAX_TIMES`. */
  readonly sameQuiet: readonly Milliseconds[];
  readonly sameAge: readonly Milliseconds[];
  /** The cuts after the same idle time were at the same age, too. */
  readonly bothSame: boolean;
  /** A connection over the same route survived a longer idle time. */
  readonly livedThroughLonger: boolean;
  readonly grewOlder: boolean;
  /** Connections with another idle time, or of another age, were lost at the same moment. */
  readonly oneEvent: { readonly quiet: boolean; readonly age: boolean };
  /** How many others were lost at the same moment. */
  readonly together: number;
}

/** Timeouts of proxies are exact to a fraction of a second; the page notices the cut a moment later. */
const near = (a: Milliseconds, b: Milliseconds): boolean => Math.abs(a - b) <= Math.max(500, a * 0.02);

/** Cuts that Hubscope made say nothing of the network, unless it is asked what they imitate. */
export type WhichCuts = "real" | "injected too";

/** Not for long polling: each poll is a separate request, whose end has a status: see http-answer.ts. */
export function cutsLike(interruption: InterruptionState, which: WhichCuts): Cuts | null {
  const { socket, t } = interruption.loss;
  if (!socket || socket.transport === "LongPolling" || socket.handshakeAt === null) return null;
  const quiet = quietOf(socket, t);
  const age = ageOf(socket, t);
  const { lane } = interruption;
  const route =
    which === "real"
      ? routesOf(lane)[socket.transport]
      : routeOf([lane, ...othersOf(lane)], socket.transport, which);
  const together = lostTogether(interruption).filter(({ loss }) => loss.socket !== null);
  return {
    quiet,
    age,
    ...compare(interruption.from, quiet ?? NaN, age, route),
    livedThroughLonger: quiet !== null && isLonger(route.longestQuiet, quiet),
    grewOlder: isLonger(route.oldest, age),
    oneEvent: {
      quiet: together.some(({ loss }) => {
        const other = loss.socket && quietOf(loss.socket, loss.t);
        return typeof other !== "number" || quiet === null || !near(quiet, other);
      }),
      age: together.some(({ loss }) => loss.socket && !near(age, ageOf(loss.socket, loss.t))),
    },
    together: together.length,
  };
}

/** More of them prove nothing more, and are not listed. */
const MAX_TIMES = 5;

/**
 * Goes through the cuts only until no further one can matter: there may be thousands of them, and each has a verdict.
 * @param quiet NaN if there was no message: it is near nothing
 */
function compare(
  from: EpochMilliseconds,
  quiet: Milliseconds,
  age: Milliseconds,
  { cuts, byAge }: Route,
): Pick<Cuts, "sameQuiet" | "sameAge" | "bothSame"> {
  const sameQuiet: Milliseconds[] = [];
  const sameAge: Milliseconds[] = [];
  for (const cut of cuts) {
    if (sameAge.length === MAX_TIMES && (sameQuiet.length === MAX_TIMES || Number.isNaN(quiet))) break;
    if (isSameTime(cut.from, from)) continue;
    if (near(age, cut.age) && sameAge.length < MAX_TIMES) sameAge.push(cut.age);
    if (near(quiet, cut.quiet) && sameQuiet.length < MAX_TIMES) sameQuiet.push(cut.quiet);
  }
  const isLike = (cut: Cut): boolean => near(quiet, cut.quiet) && !isSameTime(cut.from, from);
  const [youngest, oldest] = [
    byAge.find((cut) => cut.age >= age || near(age, cut.age) || isLike(cut)),
    byAge.findLast((cut) => cut.age <= age || near(age, cut.age) || isLike(cut)),
  ];
  const otherAge = [youngest, oldest].some((cut) => cut && !near(age, cut.age) && isLike(cut));
  return { sameQuiet, sameAge, bothSame: sameQuiet.length > 0 && !otherAge };
}

interface Cut {
  readonly from: EpochMilliseconds;
  /** NaN: there was no message. */
  readonly quiet: Milliseconds;
  readonly age: Milliseconds;
}

/** What happened over the way to one server by one transport, on all connections of the page. */
interface Route {
  /** One for each moment, in order of time. */
  readonly cuts: readonly Cut[];
  /** The same, the youngest first. */
  readonly byAge: readonly Cut[];
  readonly longestQuiet: Milliseconds;
  readonly oldest: Milliseconds;
}

const routesOf = cachedUntilNewEvents(
  (lane: Lane) => lane,
  (lane) => {
    const lanes = [lane, ...othersOf(lane)];
    return {
      WebSockets: routeOf(lanes, "WebSockets", "real"),
      ServerSentEvents: routeOf(lanes, "ServerSentEvents", "real"),
    };
  },
);

function routeOf(lanes: readonly Lane[], by: TransportState["transport"], which: WhichCuts): Route {
  const cuts = lanes.flatMap(({ interruptions }) =>
    interruptions.flatMap((one) => bareCut(one, by, which) ?? []),
  );
  cuts.sort((a, b) => a.from - b.from);
  let longestQuiet = 0;
  let oldest = 0;
  for (const { model, page } of lanes) {
    const { lastSeen } = page.model;
    for (const { socket: id } of model.transports) {
      const one = page.transports.get(id);
      if (one?.transport !== by || one.handshakeAt === null) continue;
      longestQuiet = Math.max(longestQuiet, longestQuietOf(one, lastSeen));
      oldest = Math.max(oldest, ageOf(one, one.until ?? lastSeen));
    }
  }
  // Connections that were lost together had one cause: they count once.
  const moments = cuts.filter(({ from }, i) => !isSameTime(cuts[i - 1]?.from ?? -Infinity, from));
  return { cuts: moments, byAge: [...moments].sort((a, b) => a.age - b.age), longestQuiet, oldest };
}

const isLonger = (one: Milliseconds, than: Milliseconds): boolean => one > than + Math.max(500, than * 0.05);

/** Lost without a Close message of either side. null: it was lost in another way. */
function bareCut(
  interruption: InterruptionState,
  by: TransportState["transport"],
  which: WhichCuts,
): Cut | null {
  const { loss, faults } = interruption;
  const { socket, t } = loss;
  if (!socket?.closed || socket.closed.untold || socket.transport !== by) return null;
  if (which === "real" && faults.length > 0) return null;
  if (socket.closeIn || socket.closeOut || socket.closingByPage) return null;
  const { code } = socket.closed;
  if (code !== null && ![1000, 1001, 1005, 1006].includes(code)) return null;
  return { from: interruption.from, quiet: quietOf(socket, t) ?? NaN, age: ageOf(socket, t) };
}

/** An event stream is a response: the client's POSTs are other requests and don't keep it alive. */
function quietOf({ transport, lastIn, lastOut }: TransportState, t: EpochMilliseconds): Milliseconds | null {
  if (lastIn === null) return null;
  return t - (transport === "ServerSentEvents" ? lastIn : Math.max(lastIn, lastOut ?? 0));
}

function longestQuietOf(one: TransportState, lastSeen: EpochMilliseconds): Milliseconds {
  const longest = one.transport === "ServerSentEvents" ? one.longestSilence : one.longestQuiet;
  const goesOn = one.until === null && one.closingByPage === null ? quietOf(one, lastSeen) : null;
  return Math.max(longest, goesOn ?? 0);
}

const ageOf = ({ since, openedAt, from }: TransportState, t: EpochMilliseconds): Milliseconds =>
  t - (since ?? openedAt ?? from);
