/** Reconnects with their weight, as the findings on it see them. */
import type { Bytes, EpochMilliseconds, Milliseconds } from "../../../units.ts";
import type { EndReason } from "../../weight/steady.ts";
import { SPAN } from "../../weight/usual-traffic.ts";
import { weightOf, type Weight } from "../../weight/weight.ts";
import type { HubHistory } from "../finding.ts";
import { beyondUsual } from "./counted-work.ts";
import { lossesOf, type Lost } from "../history-parts.ts";

export interface Reconnect extends Lost {
  readonly weight: Weight;
}

/** A recording may have thousands: the newest ones show what the app does. */
const MOST = 200;

/** Losses that came back. Blazor's are left out: what it sends then is its own. */
export const reconnectsOf = (history: HubHistory): Reconnect[] =>
  lossesOf(history)
    .filter(({ hub }) => hub.circuit === null)
    .slice(-MOST)
    .flatMap((lost) => {
      const weight = weightOf(lost.interruption, history.model.pages);
      return weight ? [{ ...lost, weight }] : [];
    });

export interface WorkedReconnect extends Reconnect {
  /** From connected until the traffic was steady, or until it ended before. */
  readonly settled: Milliseconds;
  /** What it called and received because of the reconnect: without what was usual before. */
  readonly calls: number;
  readonly loaded: Bytes;
}

/** Later than this, ordinary traffic is among it. */
const SHORT: Milliseconds = 5_000;

/** The work begins at once; less than that shows nothing. */
const ENOUGH: Milliseconds = 300;

/** Those of which it is known what they did, or how it began. */
export const workedOf = (reconnects: readonly Reconnect[]): WorkedReconnect[] =>
  reconnects.flatMap((one) => {
    const { steady, connectedAt, work, usual } = one.weight;
    const settled = steady.t - connectedAt;
    const isShort = settled <= SHORT;
    const isPart = isShort && settled >= ENOUGH;
    if (steady.kind === "never" || (steady.kind === "unknown" && !(isPart && isRecorded(steady.why))))
      return [];
    const spans = settled / SPAN;
    const answers = work.methods.reduce((sum, { answered }) => sum + answered, 0);
    const received = Math.round(work.in.bytes - (usual?.bytesIn ?? 0) * spans);
    return [
      {
        ...one,
        settled,
        calls: isShort ? Math.max(0, work.calls - Math.round((usual?.calls ?? 0) * spans)) : 0,
        loaded: isShort ? Math.max(answers, received) : answers,
      },
    ];
  });

const isRecorded = (why: EndReason): boolean => why !== "counted" && why !== "removed";

/**
 * Those whose messages were only counted: a reconnect that is heavy makes its connection busy.
 * @param now until when the recording goes
 */
export const countedOf = (reconnects: readonly Reconnect[], now: EpochMilliseconds): WorkedReconnect[] =>
  reconnects.flatMap((one) => {
    const { steady, connectedAt } = one.weight;
    const isCounted = steady.kind === "unknown" && steady.why === "counted";
    if (!isCounted || now - connectedAt < SHORT) return [];
    return [{ ...one, settled: SHORT, ...beyondUsual(one, one.weight, SHORT) }];
  });
