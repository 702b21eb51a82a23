/** The connection is lost between client and server. */
import type { Facts } from "../../diagnosis/facts.ts";
import { duration } from "../../text/format.ts";
import type { Milliseconds } from "../../units.ts";
import type { CauseRecipe } from "../recipes.ts";
import type { Break } from "../reproduction.ts";
import { bounded, rounded } from "../times.ts";

/** For a loss that a fault makes immediately. */
export const AT_ONCE: Milliseconds = 5_000;
/** Timers are late on a busy machine, and servers look for timeouts once a second. */
const LATE: Milliseconds = 10_000;
const LONGEST_WAIT: Milliseconds = 300_000;

function abruptly({ interruption }: Facts): Break {
  const { stateful } = interruption.lane.model;
  // It was not resumed, though it could have been: the network was away for longer than the server keeps a connection.
  const missed = stateful?.granted === true && interruption.outcome !== "resumed";
  return { faults: [{ name: missed ? "miss-window" : "abrupt-loss" }], lostWithin: AT_ONCE };
}

/** Timeouts of servers are round. Three cuts show a short one. */
const LONG_IDLE: Milliseconds = 20_000;
const TIMES = 3;
const RECONNECT: Milliseconds = 4_000;

export const ON_THE_WAY = {
  "abrupt-loss": {
    faults: ["abrupt-loss", "miss-window"],
    causes: ["abrupt-loss"],
    differs: [],
    make: abruptly,
  },
  "connection-not-found": {
    faults: ["graceful-loss"],
    causes: ["abrupt-loss"],
    differs: ["The server answered a request with 404; here the connection is lost without an answer."],
    make: () => ({ faults: [{ name: "graceful-loss" }], lostWithin: AT_ONCE }),
  },
  "server-timeout": {
    faults: ["half-open"],
    causes: ["server-timeout"],
    differs: [],
    make: ({ serverTimeout }) => ({
      faults: [{ name: "half-open" }],
      lostWithin: Math.min(rounded(serverTimeout) + LATE, LONGEST_WAIT),
    }),
  },
  "client-ping-timeout": {
    faults: ["half-open", "block-main-thread"],
    causes: ["client-ping-timeout"],
    differs: [],
    make({ blocked, silenceOut, pausedOut }) {
      if (blocked) {
        const { time, differs } = bounded(
          blocked.duration,
          { min: 1_000, max: 60_000 },
          "The page was busy for",
        );
        return {
          faults: [{ name: "block-main-thread", duration: time }],
          lostWithin: time + LATE,
          differs,
        };
      }
      const silence = Math.max(silenceOut ?? 0, pausedOut ?? 0);
      return {
        faults: [{ name: "half-open", direction: "out" }],
        lostWithin: Math.min(rounded(Math.max(silence, 30_000)) + LATE, LONGEST_WAIT),
        differs: ["The client's pings don't reach the server, whatever kept them back in reality."],
      };
    },
  },
  offline: {
    faults: ["offline"],
    causes: ["offline"],
    differs: [],
    make({ offline, interruption: { from, until }, t }) {
      const time = offline ? (offline.until ?? until ?? t) - offline.from : (until ?? from) - from;
      const { time: away, differs } = bounded(
        Math.max(0, time),
        { min: 1_000, max: 120_000 },
        "The network was away for",
      );
      return { faults: [{ name: "offline", duration: away }], lostWithin: AT_ONCE, differs };
    },
  },
  "idle-timeout": {
    faults: ["idle-cut"],
    causes: ["idle-timeout"],
    differs: [],
    avoidable: true,
    make({ cuts }) {
      if (!cuts || cuts.quiet === null)
        return {
          why: "A proxy ended a poll that waited for long: no fault ends polls like that.",
          instead:
            "Lower LongPolling.PollTimeout of a test server, or put a proxy with the same timeout before it.",
        };
      const { time, differs } = bounded(cuts.quiet - 200, { min: 1_000, max: 120_000 }, "It was idle for");
      const times = time >= LONG_IDLE ? 1 : TIMES;
      return {
        faults: [{ name: "idle-cut", idle: time, duration: times * (time + RECONNECT) + AT_ONCE }],
        lostWithin: times * (time + RECONNECT) + AT_ONCE,
        differs,
      };
    },
  },
  "lifetime-limit": {
    faults: ["lifetime-limit"],
    causes: ["lifetime-limit"],
    differs: [],
    make({ cuts }) {
      const age = cuts?.age ?? 0;
      // Longer than two intervals of pings: a connection that is cut between them was not idle.
      const limit = age > LONGEST_AGE ? LONGEST_AGE : Math.max(5_000, rounded(age - 200));
      return {
        faults: [{ name: "lifetime-limit", limit, duration: 2 * (limit + RECONNECT) }],
        lostWithin: limit + AT_ONCE,
        differs:
          age > LONGEST_AGE
            ? [`Connections were cut at an age of ${duration(age)}; here at ${duration(limit)}.`]
            : [],
      };
    },
  },
} as const satisfies Record<string, CauseRecipe>;

const LONGEST_AGE: Milliseconds = 35_000;
