import { hubName } from "../../../extension/core/model/hub-name.ts";
import type { ScenarioResult } from "../../../extension/core/scenarios/result.ts";
import { usePanel } from "../../state/panel-state.ts";
import { day, duration } from "../../../extension/core/text/format.ts";
import { OUTCOME_WORD } from "../../../extension/wording/labels.ts";
import { showOnTimeline } from "../../state/show-on-timeline.ts";
import { TimeLink } from "../../components/time-link.tsx";
import { VerdictTag } from "../../content/scenario-verdict.tsx";
import { ResultDetails } from "../../content/scenario-result.tsx";

/** What came of a run, and what bears it out. */
export function ResultView({ result }: { result: ScenarioResult }) {
  const panel = usePanel();
  const { from, to, verdict } = result;
  const extent = panel.view.extent.value;
  const isHere = from >= extent.from && from <= extent.to;
  return (
    <section class="result" aria-label="Result" data-testid="scenario-result" data-verdict={verdict}>
      <div class="head wrap">
        <VerdictTag verdict={verdict} />
        <span class="soft">
          {day(from, panel.source.now())}, {duration(to - from)}
        </span>
        {isHere ? (
          <button
            class="link"
            data-testid="scenario-on-timeline"
            onClick={() => {
              showOnTimeline(panel, { from, until: to });
            }}
          >
            Show on the timeline
          </button>
        ) : (
          <span class="dim">in another recording</span>
        )}
      </div>
      <ResultDetails result={result} />
      {isHere && <Interruptions from={from} to={to} />}
    </section>
  );
}

const MAX = 8;

/** Those that began in the run; each leads to its card. */
function Interruptions({ from, to }: { from: number; to: number }) {
  const panel = usePanel();
  const found = panel.selection.interruptions.value.filter(
    ({ interruption }) => interruption.from >= from && interruption.from <= to,
  );
  if (found.length === 0) return null;
  return (
    <>
      <h3 class="section">
        Interruptions in it <span class="dim">{found.length}</span>
      </h3>
      <ul class="run-evidence">
        {found.slice(0, MAX).map(({ interruption, hub }) => (
          <li key={interruption.key}>
            <TimeLink t={interruption.from} decimals={1} />
            <button
              class="link"
              data-testid="scenario-interruption"
              onClick={() => {
                panel.selection.select({ downtime: interruption, hub });
                panel.tab.value = "interruptions";
                panel.view.reveal(interruption.from, interruption.until ?? interruption.from);
              }}
            >
              {hubName(hub)}: {OUTCOME_WORD[interruption.outcome]}
              {interruption.until !== null && ` after ${duration(interruption.until - interruption.from)}`}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
