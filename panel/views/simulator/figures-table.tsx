import type { ComponentChildren } from "preact";
import { REFUSALS, SHARES, type HerdResult } from "../../../extension/core/herd/herd-result.ts";
import { duration, whole } from "../../../extension/core/text/format.ts";
import type { Milliseconds } from "../../../extension/core/units.ts";
import { policyWords, REFUSAL_WORDS } from "../../../extension/wording/herd-words.ts";
import type { HerdRun } from "../../state/simulator/simulator-control.ts";
import { connectedShare, perSecond, refusedPerSecond, timeTicks, valueAt } from "./chart-data.ts";
import { VARIANT_NAMES } from "./variants.ts";

/** The key figures, one column for each policy. */
export function FiguresTable({ runs }: { runs: readonly HerdRun[] }) {
  const row = (title: string, cell: (result: HerdResult, run: HerdRun) => ComponentChildren) => (
    <tr key={title}>
      <th scope="row">{title}</th>
      {runs.map((run) => (
        <td key={run.variant}>{cell(run.result, run)}</td>
      ))}
    </tr>
  );
  const refusals = REFUSALS.filter((by) => runs.some(({ result }) => result.totals.refused[by] > 0));
  const waits = runs.some(({ result }) => result.totals.waiting > 0);
  const restarts = runs.some(({ result }) => result.totals.policyEnded > result.totals.gaveUp);
  return (
    <div class="herd-scroll" tabIndex={0} role="group" aria-label="Figures">
      <table class="report-table herd-figures" data-testid="simulator-figures">
        <thead>
          <tr>
            <td />
            {runs.map(({ variant, input }) => (
              <th key={variant} scope="col" class={`of-${variant}`}>
                <b class="variant">{VARIANT_NAMES[variant]}</b>
                <span class="dim">{policyWords(input.policy)}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {SHARES.map((share) =>
            row(`${share}% of the lost are back`, ({ timeTo }) => {
              const t = timeTo[share];
              return t === null ? <span class="bad-word">never</span> : `after ${duration(t)}`;
            }),
          )}
          {row("Gave up", ({ totals, lost }) =>
            totals.gaveUp === 0 ? (
              "0"
            ) : (
              <span class="bad-word">
                {whole(totals.gaveUp)} ({percent(totals.gaveUp, lost)})
              </span>
            ),
          )}
          {restarts &&
            row("Needed the app's own start()", ({ totals }) => whole(totals.policyEnded - totals.gaveUp))}
          {waits && row("Still trying at the end", ({ totals }) => whole(totals.waiting))}
          {row("Peak attempts a second", ({ peak }) => whole(peak.attempts))}
          {row("Attempts", ({ totals }) => whole(totals.attempts))}
          {row("Refused", ({ totals }) => {
            const refused = REFUSALS.reduce((sum, by) => sum + totals.refused[by], 0);
            return refused === 0 ? "0" : `${whole(refused)} (${percent(refused, totals.attempts)})`;
          })}
          {refusals.length > 1 &&
            refusals.map((by) => row(`— ${REFUSAL_WORDS[by]}`, ({ totals }) => whole(totals.refused[by])))}
        </tbody>
      </table>
    </div>
  );
}

const percent = (part: number, all: number): string => {
  const share = (100 * part) / Math.max(1, all);
  return share > 0 && share < 1 ? "<1%" : `${Math.round(share)}%`;
};

interface MomentsProps {
  readonly runs: readonly HerdRun[];
  readonly until: Milliseconds;
}

/** What the charts show, as figures: for those who can't see them. */
export function MomentsTable({ runs, until }: MomentsProps) {
  const curves = runs.map(({ variant, result, input }) => ({
    variant,
    share: connectedShare(result, input.loss.kind !== "drained"),
    attempts: perSecond(result.attempts, result.width),
    refused: refusedPerSecond(result),
    end: result.end,
  }));
  return (
    <details class="herd-moments">
      <summary>The charts as a table</summary>
      <div class="herd-scroll" tabIndex={0} role="group" aria-label="The charts as a table">
        <table class="report-table">
          <thead>
            <tr>
              <th scope="col">After</th>
              {curves.map(({ variant }) => (
                <th key={variant} scope="col" class="r">
                  {VARIANT_NAMES[variant]}: connected, attempts a second, refused
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {timeTicks(until, 1_200, 80).map(({ at, text }) => (
              <tr key={at}>
                <th scope="row">{text}</th>
                {curves.map(({ variant, share, attempts, refused, end }) => (
                  <td key={variant} class="r">
                    {Math.round(valueAt(share, at) * 1_000) / 10}%,{" "}
                    {at > end ? "0, 0" : `${whole(valueAt(attempts, at))}, ${whole(valueAt(refused, at))}`}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </details>
  );
}
