import { lengthOf, union } from "../../model/downtime.ts";
import { duration, counted } from "../../text/format.ts";
import { expectation, type RunEvidence } from "../judgement.ts";
import { downs, gapsIn, lossesOf } from "../presence.ts";

/** Up to this factor above the limit it is only a warning. */
const TOLERATED = 1.5;

export const visibleGap = expectation({
  title: "Short downtime for users",
  say: "The total downtime of the app is not longer than this. Time in which several hubs are down counts once. Downtime bridged by stateful reconnect, invisible to the app, is reported separately.",
  parameters: { most: { kind: "duration", label: "At most", default: 10_000 } },
  judge(run, { most }) {
    const seen = downs(run, "counts");
    const gaps = gapsIn(seen, run.to);
    const length = lengthOf(gaps);
    const hidden = lengthOf(gapsIn(downs(run, "is down"), run.to)) - length;
    const hubs = new Set(seen.map(({ url }) => url)).size;
    const silence = lengthOf(
      union(
        lossesOf(run).flatMap(({ interruption: { silentFrom, from } }) =>
          silentFrom === null ? [] : [{ from: silentFrom, until: from }],
        ),
      ),
    );
    const open = seen.some(({ until }) => until === null);
    const verdict =
      length <= most ? (open ? "warn" : "pass") : length <= TOLERATED * most && !open ? "warn" : "fail";
    const remarks = [
      ...(hidden > 0 ? [`plus ${duration(hidden)} bridged by stateful reconnect`] : []),
      ...(silence > 0 ? [`plus ${duration(silence)} of silence before the loss was detected`] : []),
    ];
    return {
      verdict,
      measured: { value: length, unit: "ms" },
      say: `${
        length === 0
          ? "No visible downtime"
          : `${hubs > 1 ? `At least one of ${counted(hubs, "hub")} was without a connection` : "Without a connection"} for ${duration(length)}${gaps.length > 1 ? ` in ${counted(gaps.length, "gap")}` : ""}${open ? " so far" : ""}${length > most ? `, which should be at most ${duration(most)}` : ""}`
      }${remarks.length > 0 ? `; ${remarks.join("; ")}` : ""}.`,
      evidence: seen
        .flatMap(({ url, from, until }): RunEvidence[] => [
          { t: from, text: "Gap begins", url },
          ...(until === null ? [] : [{ t: until, text: `Gap ends after ${duration(until - from)}`, url }]),
        ])
        .sort((a, b) => a.t - b.t),
    };
  },
});
