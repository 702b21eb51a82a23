/** The result of a scenario: each expectation with its verdict and the evidence for it. */
import type { RunEvidence } from "../../extension/core/scenarios/judgement.ts";
import type { ExpectationResult, ScenarioResult } from "../../extension/core/scenarios/result.ts";
import { visibleText } from "../../extension/core/text/visible-text.ts";
import { figureInWords } from "../../extension/wording/scorecard-words.ts";
import { useContentContext } from "./content-context.ts";
import { VerdictIcon, VerdictTag } from "./scenario-verdict.tsx";

export function ResultDetails({ result }: { result: ScenarioResult }) {
  const { why, shortened, expectations, missed } = result;
  const { Time } = useContentContext();
  return (
    <>
      {why !== null && <p>{visibleText(why)}</p>}
      {shortened.length > 0 && <p class="dim">Quick mode: {shortened.join("; ")}.</p>}
      <ul class="expectations">
        {expectations.map((one, i) => (
          <Expectation key={i} {...one} />
        ))}
      </ul>
      {missed.map(({ at, say }) => (
        <p key={`${at}${say}`} class="soft">
          <Time t={at} decimals={1} /> {say}.
        </p>
      ))}
    </>
  );
}

function Expectation({ title, verdict, measured, say, evidence }: ExpectationResult) {
  const { hasTooltips } = useContentContext();
  return (
    <li data-testid="expectation" data-verdict={verdict}>
      <VerdictIcon verdict={verdict} />
      <span>
        <b>{title}</b> {!hasTooltips && <VerdictTag verdict={verdict} />}
      </span>
      <span class="measured">{measured === null ? "" : figureInWords(measured)}</span>
      <span class="soft say-it">{visibleText(say)}</span>
      {evidence.length > 0 && <Evidence evidence={evidence} />}
    </li>
  );
}

const MAX = 8;

function Evidence({ evidence }: { evidence: readonly RunEvidence[] }) {
  const { Time } = useContentContext();
  return (
    <ul class="run-evidence">
      {evidence.slice(0, MAX).map(({ t, text }, i) => (
        <li key={i}>
          <Time t={t} decimals={1} />
          <span class="wrap-any">{visibleText(text)}</span>
        </li>
      ))}
      {evidence.length > MAX && <li class="dim">and {evidence.length - MAX} more</li>}
    </ul>
  );
}
