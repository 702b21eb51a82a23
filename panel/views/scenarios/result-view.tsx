import type { RunEvidence } from "../../../extension/core/scenarios/judgement.ts";
import type { ExpectationResult, ScenarioResult } from "../../../extension/core/scenarios/result.ts";
import { visibleText } from "../../../extension/core/text/visible-text.ts";
import { usePanel } from "../../state/panel-state.ts";
import { day, duration } from "../../../extension/core/text/format.ts";
import { OUTCOME_WORD } from "../../../extension/wording/labels.ts";
import { showOnTimeline } from "../../state/show-on-timeline.ts";
import { At } from "./jump.tsx";
import { VerdictIcon, VerdictTag } from "../../components/scenario-verdict.tsx";
import { figureInWords } from "../../../extension/wording/scorecard-words.ts";

/** What came of a run, and what bears it out. */
export function ResultView({ result }: { result: ScenarioResult }) {
  const panel = usePanel();
  const { from, to, why, shortened, expectations, missed, verdict } = result;
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
      {why !== null && <p>{visibleText(why)}</p>}
      {shortened.length > 0 && <p class="dim">Quick mode: {shortened.join("; ")}.</p>}
      <ul class="expectations">
        {expectations.map((one, i) => (
          <Expectation key={i} {...one} />
        ))}
      </ul>
      {missed.map(({ at, say }) => (
        <p key={`${at}${say}`} class="soft">
          <At t={at} /> {say}.
        </p>
      ))}
      {isHere && <Interruptions from={from} to={to} />}
    </section>
  );
}

const Expectation = ({ title, verdict, measured, say, evidence }: ExpectationResult) => (
  <li data-testid="expectation" data-verdict={verdict}>
    <VerdictIcon verdict={verdict} />
    <b>{title}</b>
    <span class="measured">{measured === null ? "" : figureInWords(measured)}</span>
    <span class="soft say-it">{visibleText(say)}</span>
    {evidence.length > 0 && <Evidence evidence={evidence} />}
  </li>
);

const MAX = 8;

const Evidence = ({ evidence }: { evidence: readonly RunEvidence[] }) => (
  <ul class="run-evidence">
    {evidence.slice(0, MAX).map(({ t, text }, i) => (
      <li key={i}>
        <At t={t} />
        <span class="wrap-any">{visibleText(text)}</span>
      </li>
    ))}
    {evidence.length > MAX && <li class="dim">and {evidence.length - MAX} more</li>}
  </ul>
);

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
            <At t={interruption.from} />
            <button
              class="link"
              data-testid="scenario-interruption"
              onClick={() => {
                panel.selection.select({ downtime: interruption, hub });
                panel.tab.value = "interruptions";
                panel.view.reveal(interruption.from, interruption.until ?? interruption.from);
              }}
            >
              {hub.path}: {OUTCOME_WORD[interruption.outcome]}
              {interruption.until !== null && ` after ${duration(interruption.until - interruption.from)}`}
            </button>
          </li>
        ))}
      </ul>
    </>
  );
}
