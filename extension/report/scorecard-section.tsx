/** The results of the scenarios that ran during the recording. */
import { ResultDetails } from "../../panel/content/scenario-result.tsx";
import { VerdictTag } from "../../panel/content/scenario-verdict.tsx";
import { FAULTS } from "../core/faults/outlines.ts";
import type { ScenarioResult } from "../core/scenarios/result.ts";
import { summarize, type Scorecard } from "../core/scenarios/scorecard.ts";
import { clock, dateTime, duration, type Zone } from "../core/text/format.ts";

interface Props {
  readonly card: Scorecard;
  readonly zone: Zone;
}

export const ScorecardSection = ({ card, zone }: Props) => (
  <>
    <h2>Resilience</h2>
    <p>{summarize(card.results).say}</p>
    <p class="soft">
      Scenarios run by Hubscope {card.hubscope} against <code>{card.url}</code>, the newest on{" "}
      {dateTime(card.madeAt, zone)}.
    </p>
    {card.results.map((result, i) => (
      <ResultCard key={i} result={result} zone={zone} />
    ))}
  </>
);

function ResultCard({ result, zone }: { result: ScenarioResult; zone: Zone }) {
  const { title, verdict, from, to, faults } = result;
  return (
    <article class="card">
      <header class="card-head">
        <h3 class="title">{title}</h3>
        <VerdictTag verdict={verdict} />
        <span class="soft">
          {clock(from, 3, zone)}, {duration(to - from)}
        </span>
      </header>
      <ResultDetails result={result} />
      {faults.length > 0 && (
        <p class="dim">
          Injected:{" "}
          {faults
            .map((fault) => `${FAULTS[fault.name].title.toLowerCase()} at ${clock(fault.from, 3, zone)}`)
            .join(", ")}
          .
        </p>
      )}
    </article>
  );
}
