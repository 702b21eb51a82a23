/**
 * Timeouts cut connections after the same time each time: after a time without messages (an idle timeout), or at a certain age
 * (a lifetime limit). Two cuts after a similar time prove little by themselves. A connection over the same route that survived
 * a longer idle time, or became older, refutes it.
 */
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import type { InterruptionState, TransportState } from "../model/state.ts";
import { lostTogether, othersOf, sameMoment } from "./together.ts";

export interface Cuts {
  /** Time since the last message that keeps the connection alive. null: there was none. */
  readonly quiet: Milliseconds | null;
  readonly age: Milliseconds;
  /** Earlier or later cuts at other moments after the same idle time, and at the same age. */
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

/** Not for long polling: each poll is a separate request, whose end has a status: see http-answer.ts. */
export function cutsLike(interruption: InterruptionState): Cuts | null {
  const { socket, t } = interruption.loss;
  if (!socket || socket.transport === "LongPolling" || socket.handshakeAt === null) return null;
  const quiet = quietOf(socket, t);
  const age = ageOf(socket, t);
  const cuts = [...interruption.lane.interruptions, ...othersOf(interruption)].filter(
    (other) => !sameMoment(other, interruption) && isBareCut(other, socket),
  );
  const moments = cuts.filter((cut, i) => !cuts.slice(0, i).some((before) => sameMoment(before, cut)));
  const quietLike = moments.filter(({ loss }) => {
    const other = loss.socket && quietOf(loss.socket, loss.t);
    return quiet !== null && typeof other === "number" && near(quiet, other);
  });
  const ageLike = moments.filter(({ loss }) => loss.socket && near(age, ageOf(loss.socket, loss.t)));
  const together = lostTogether(interruption).filter(({ loss }) => loss.socket !== null);
  const way = [interruption.lane, ...othersOf(interruption).map(({ lane }) => lane)].flatMap((lane) =>
    lane.model.transports.flatMap(({ socket: id }) => lane.page.transports.get(id) ?? []),
  );
  const lived = way.filter((one) => one.transport === socket.transport && one.handshakeAt !== null);
  const { lastSeen } = interruption.lane.page.model;
  return {
    quiet,
    age,
    sameQuiet: quietLike.map(({ loss }) => (loss.socket && quietOf(loss.socket, loss.t)) ?? 0),
    sameAge: ageLike.map(({ loss }) => (loss.socket ? ageOf(loss.socket, loss.t) : 0)),
    bothSame: quietLike.length > 0 && quietLike.every((cut) => ageLike.includes(cut)),
    livedThroughLonger: quiet !== null && lived.some((one) => isLonger(longestQuietOf(one, lastSeen), quiet)),
    grewOlder: lived.some((one) => isLonger(ageOf(one, one.until ?? lastSeen), age)),
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

const isLonger = (one: Milliseconds, than: Milliseconds): boolean => one > than + Math.max(500, than * 0.05);

/** Lost without a Close message of either side, and not by a fault. */
function isBareCut({ loss, faults }: InterruptionState, like: TransportState): boolean {
  const { socket } = loss;
  if (!socket?.closed || faults.length > 0 || socket.transport !== like.transport) return false;
  if (socket.closeIn || socket.closeOut || socket.closingByPage) return false;
  const { code } = socket.closed;
  return code === null || code === 1000 || code === 1001 || code === 1005 || code === 1006;
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
