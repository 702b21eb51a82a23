/** The results of the scenarios that ran during the recording. */
import { ResultDetails } from "../../panel/content/scenario-result.tsx";
import { VerdictTag } from "../../panel/content/scenario-verdict.tsx";
import { FAULTS } from "../core/faults/outlines.ts";
import type { ScenarioResult } from "../core/scenarios/result.ts";
import { summarize, type Scorecard } from "../core/scenarios/scorecard.ts";
import { dateTime, duration } from "../core/text/format.ts";
import type { ReportTimes } from "./facts/times.ts";

interface Props {
  readonly card: Scorecard;
  readonly times: ReportTimes;
}

export const ScorecardSection = ({ card, times }: Props) => (
  <section id="resilience">
    <h2>Scenarios</h2>
    <p>{summarize(card.results).say}</p>
    <p class="soft">
      Scenarios run by Hubscope {card.hubscope} against <code>{card.url}</code>, the newest on{" "}
      {dateTime(card.madeAt, times.zone)}.
    </p>
    {card.results.map((result, i) => (
      <ResultCard key={i} result={result} times={times} />
    ))}
  </section>
);

function ResultCard({ result, times }: { result: ScenarioResult; times: ReportTimes }) {
  const { title, verdict, from, to, faults } = result;
  return (
    <article class="card">
      <header class="card-head">
        <h3 class="title">{title}</h3>
        <VerdictTag verdict={verdict} />
        <span class="soft">
          {times.both(from)}, {duration(to - from)}
        </span>
      </header>
      <ResultDetails result={result} />
      {faults.length > 0 && (
        <p class="dim">
          Injected:{" "}
          {faults
            .map((fault) => `${FAULTS[fault.name].title.toLowerCase()} at ${times.local(fault.from)}`)
            .join(", ")}
          .
        </p>
      )}
    </article>
  );
}
