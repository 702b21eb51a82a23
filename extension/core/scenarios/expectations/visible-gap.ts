import { duration, plural } from "../../report/format.ts";
import { expectation, type RunEvidence } from "../judgement.ts";
import { downs, lossesOf } from "../presence.ts";

/** So much more than asked for is still only a warning. */
const TOLERATED = 1.5;

export const visibleGap = expectation({
  title: "Short gap for users",
  say: "The app is not without its connection for longer than this, taken together; the gap of a stateful reconnect, which it never sees, is told apart.",
  parameters: { most: { kind: "duration", label: "At most", usual: 10_000 } },
  judge(run, { most }) {
    const gaps = downs(run, "counts");
    const length = gaps.reduce((sum, { from, until }) => sum + (until ?? run.to) - from, 0);
    const hidden =
      downs(run, "is down").reduce((sum, { from, until }) => sum + (until ?? run.to) - from, 0) - length;
    const silence = lossesOf(run).reduce(
      (sum, { interruption: { silentFrom, from } }) => sum + (silentFrom === null ? 0 : from - silentFrom),
      0,
    );
    const open = gaps.some(({ until }) => until === null);
    const verdict =
      length <= most ? (open ? "warn" : "pass") : length <= TOLERATED * most && !open ? "warn" : "fail";
    const asides = [
      ...(hidden > 0 ? [`${duration(hidden)} more of a stateful reconnect were hidden from it`] : []),
      ...(silence > 0 ? [`before the loss was noticed it was silent for ${duration(silence)}`] : []),
    ];
    return {
      verdict,
      measured: { value: length, unit: "ms" },
      say: `${
        length === 0
          ? "The app never saw itself without a connection"
          : `Without a connection for ${duration(length)}${gaps.length > 1 ? ` in ${plural(gaps.length, "gap")}` : ""}${open ? " so far" : ""}${length > most ? `, which should be at most ${duration(most)}` : ""}`
      }${asides.length > 0 ? `; ${asides.join("; ")}` : ""}.`,
      evidence: gaps.flatMap(({ from, until }): RunEvidence[] => [
        { t: from, text: "Gap begins" },
        ...(until === null ? [] : [{ t: until, text: `Gap ends after ${duration(until - from)}` }]),
      ]),
    };
  },
});
