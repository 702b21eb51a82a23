/** Whether the connection id is the same after a loss: only a stateful reconnect keeps it. */
import { counted } from "../../text/format.ts";
import { cantTell, expectation, type Judgement, type JudgedRun, type RunEvidence } from "../judgement.ts";
import { lossesOf } from "../presence.ts";

export const sameConnectionId = expectation({
  title: "Same connection id",
  say: "The connection was resumed with its old id: the server kept its state.",
  parameters: {},
  judge: (run) => judgeIds(run, "same"),
});

export const newConnectionId = expectation({
  title: "New connection id",
  say: "The connection came back with a new id, as expected when the old one is gone.",
  parameters: {},
  judge: (run) => judgeIds(run, "new"),
});

function judgeIds(run: JudgedRun, wanted: "same" | "new"): Judgement {
  const losses = lossesOf(run);
  if (losses.length === 0) return cantTell("The connection was never lost.");
  const ids = losses.map(
    ({ interruption: { outcome, connectionIdBefore: before, connectionIdAfter: after } }) =>
      before === null || after === null
        ? outcome === "resumed"
          ? "same"
          : outcome === "ongoing"
            ? "unknown"
            : after === null && outcome !== "reconnected" && outcome !== "restarted"
              ? "none"
              : "unknown"
        : before === after
          ? "same"
          : "new",
  );
  const evidence = losses.map(({ interruption }, i): RunEvidence => ({
    t: interruption.until ?? interruption.from,
    text: WORDS[ids[i] ?? "unknown"],
    key: interruption.key,
  }));
  const other = wanted === "same" ? "new" : "same";
  const wrong = ids.filter((id) => id === other || id === "none").length;
  const measured = { value: wrong, unit: "count" } as const;
  if (wrong > 0)
    return {
      verdict: "fail",
      measured,
      say: ids.includes(other)
        ? `After ${counted(wrong, "loss", "losses")} of ${losses.length} the id was ${other === "new" ? "a new one" : "the old one"}.`
        : "It did not reconnect.",
      evidence,
    };
  if (ids.includes("unknown")) return cantTell("The id before or after is unknown.", evidence);
  return {
    verdict: "pass",
    measured,
    say: wanted === "same" ? "The id stayed the same." : "The id is a new one.",
    evidence,
  };
}

const WORDS = {
  same: "Reconnected with the same connection id",
  new: "Reconnected with a new connection id",
  none: "Not reconnected",
  unknown: "Connection id unknown",
} as const;
