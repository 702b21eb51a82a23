import { duration } from "../../../text/format.ts";
import type { HubConnectionModel, StateSpan } from "../../../model/types.ts";
import type { EpochMilliseconds } from "../../../units.ts";
import { cantTell, DOCS, found, ok, type FindingKind, type Moment } from "../finding.ts";
import { START_CODE } from "./first-start-not-retried.ts";
import { lossesOf } from "../history-parts.ts";

/** A shorter overlap is a change from one connection to the next. */
const SHORTEST = 1_000;

export const severalRetryLoops: FindingKind = {
  group: "retry",
  subject: "One retry loop",
  title: "Several retry loops at once",
  when: "a second connection to the hub was created after a loss, and both tried to connect for more than a second at the same time; or start() was called while starting",
  why: "An app that starts a new connection in onclose or in a timer, while the old one still reconnects, ends up with two: each message arrives twice, and the server has twice the load.",
  link: `${DOCS}aspnet/core/signalr/javascript-client#reconnect-clients`,
  scenario: "crash",
  check(history) {
    const { hubs, now } = history;
    if (lossesOf(history).length === 0) return cantTell("The connection was never lost.");
    const pairs = hubs.flatMap((one, i) =>
      hubs
        .slice(i + 1)
        .filter((other) => other.page === one.page && startedLater(one, other))
        .flatMap((other) => overlaps(one, other, now).map((span) => ({ one, other, ...span }))),
    );
    const twice = hubs.flatMap((hub) => hub.mistakes.filter(({ mistake }) => mistake === "started-twice"));
    const [first] = pairs;
    if (!first && twice.length === 0) return ok("Only one connection tried to come back at a time.");
    const longest = Math.max(0, ...pairs.map(({ from, until }) => until - from));
    return found(
      "medium",
      first
        ? `Two connections to this hub tried to connect at the same time, for ${duration(longest)}.`
        : "start() was called while the connection was already starting.",
      {
        measured: [
          {
            label: "Times",
            value: pairs.length + twice.reduce((sum, { count }) => sum + count, 0),
            unit: "count",
          },
          { label: "Longest overlap", value: longest, unit: "ms" },
        ],
        moments: [
          ...pairs.map(({ from, until, other }): Moment => ({
            t: from,
            hubKey: other.key,
            text: `Two connections try for ${duration(until - from)}`,
          })),
          ...hubs.flatMap((hub) =>
            hub.mistakes
              .filter(({ mistake }) => mistake === "started-twice")
              .map(({ from }): Moment => ({ t: from, hubKey: hub.key, text: "start() called twice" })),
          ),
        ],
        changes: [
          {
            where: "client",
            text: "Keep one HubConnection and one loop: leave retries to withAutomaticReconnect(), or do them all yourself and only when the state is Disconnected.",
            snippet: { language: "ts", code: LOOP_CODE },
          },
        ],
      },
    );
  },
};

const isTrying = ({ state }: StateSpan): boolean => state === "connecting" || state === "reconnecting";

/** A page may want two connections to a hub: then both exist before the loss. */
const startedLater = (one: HubConnectionModel, other: HubConnectionModel): boolean => {
  const [first, second] = [one.states[0]?.from ?? 0, other.states[0]?.from ?? 0].sort((a, b) => a - b);
  const older = (one.states[0]?.from ?? 0) === first ? one : other;
  return older.interruptions.some(
    ({ from, until }) => from <= (second ?? 0) && (until ?? Infinity) >= (second ?? 0),
  );
};

function overlaps(
  one: HubConnectionModel,
  other: HubConnectionModel,
  now: EpochMilliseconds,
): { from: EpochMilliseconds; until: EpochMilliseconds }[] {
  return one.states.filter(isTrying).flatMap((a) =>
    other.states.filter(isTrying).flatMap((b) => {
      const from = Math.max(a.from, b.from);
      const until = Math.min(a.until ?? now, b.until ?? now);
      return until - from >= SHORTEST ? [{ from, until }] : [];
    }),
  );
}

const LOOP_CODE = `${START_CODE}

let starting: Promise<void> | null = null;
const ensureStarted = () =>
  (starting ??= startUntilConnected().finally(() => {
    starting = null;
  }));
connection.onclose(() => void ensureStarted());`;
