import { forgottenCalls } from "../../model/not-repeated.ts";
import { duration, counted } from "../../text/format.ts";
import type { HubConnectionModel } from "../../model/types.ts";
import type { Milliseconds } from "../../units.ts";
import { cantTell, expectation, type RunEvidence } from "../judgement.ts";
import { lossesOf } from "../presence.ts";

/** Calls within this time after a connect are part of the start, as in the model. */
const AT_START: Milliseconds = 3_000;

export const joinedAgain = expectation({
  title: "Groups rejoined",
  say: "After a new connection id, the app repeats the calls that it made after the first connect: the server has lost groups and subscriptions.",
  parameters: { within: { kind: "duration", label: "Within", default: 3_000 } },
  judge(run, { within }) {
    const all = lossesOf(run);
    const losses = all.filter(({ hub }) => hub.circuit === null);
    if (losses.length < all.length && losses.length === 0)
      return {
        verdict: "not-applicable",
        measured: null,
        say: "A Blazor Server page has no groups to rejoin: its circuit keeps the state.",
        evidence: [],
      };
    const back = losses.filter(
      ({ interruption: { outcome } }) => outcome === "reconnected" || outcome === "restarted",
    );
    const renewed = back.filter(
      ({ interruption: { connectionIdBefore, connectionIdAfter } }) =>
        connectionIdBefore === null || connectionIdBefore !== connectionIdAfter,
    );
    if (losses.length === 0) return cantTell("The connection was never lost.");
    if (renewed.length === 0)
      return losses.some(({ interruption }) => interruption.outcome === "resumed") || back.length > 0
        ? {
            verdict: "pass",
            measured: { value: 0, unit: "count" },
            say: "The connection id stayed the same: the server kept its state.",
            evidence: [],
          }
        : cantTell("It did not reconnect.");
    if (!renewed.some(({ hub }) => calledAtStart(hub)))
      return cantTell(`The app made no calls in the first ${duration(AT_START)} of its connection.`);
    const seen = renewed.flatMap(({ hub, interruption }) => {
      // By the run's clock, as the model's newest event may be older.
      const forgotten = forgottenCalls(hub, interruption, run.to);
      return forgotten === null ? [] : [{ interruption, forgotten }];
    });
    const missing = new Set(seen.flatMap(({ forgotten }) => forgotten));
    const evidence = seen.map(({ interruption, forgotten }): RunEvidence => ({
      t: interruption.until ?? interruption.from,
      text: forgotten.length > 0 ? `Not repeated: ${forgotten.join(", ")}` : "All calls repeated",
      key: interruption.key,
    }));
    if (missing.size === 0)
      return seen.length === 0
        ? cantTell("Evaluated too early after the reconnect, or the connection was lost again immediately.")
        : {
            verdict: "pass",
            measured: { value: 0, unit: "count" },
            say: "All calls made at the start were repeated.",
            evidence,
          };
    const early = seen.every(
      ({ interruption: { until }, forgotten }) =>
        forgotten.length === 0 || until === null || run.to - until < within,
    );
    if (early) return cantTell(`Evaluated less than ${duration(within)} after the reconnect.`, evidence);
    return {
      verdict: "fail",
      measured: { value: missing.size, unit: "count" },
      say: `${counted(missing.size, "method")} called at the start but not repeated: ${[...missing].slice(0, 5).join(", ")}.`,
      evidence,
    };
  },
});

/** Whether there is anything to repeat. */
function calledAtStart({ transports, messages }: HubConnectionModel): boolean {
  const first = transports.find(({ handshakeAt }) => handshakeAt !== null)?.handshakeAt;
  if (first === undefined || first === null) return false;
  for (
    let i = messages.firstFrom(first);
    i < messages.length && messages.timeAt(i) <= first + AT_START;
    i++
  ) {
    const { direction, type } = messages.headAt(i);
    if (direction === "out" && (type === 1 || type === 4)) return true;
  }
  return false;
}
