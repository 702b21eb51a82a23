/** What the app could do better, worst first, and the scorecard that it makes. */
import { FindingBody } from "../../panel/content/finding-body.tsx";
import { GuidanceTable } from "../../panel/content/guidance-table.tsx";
import { SeverityTag } from "../../panel/content/severity.tsx";
import type { FoundResult } from "../core/diagnosis/findings/find.ts";
import { guidanceInWords } from "../core/diagnosis/findings/guidance.ts";
import { FINDINGS } from "../core/diagnosis/findings/registry.ts";
import { whole } from "../core/text/format.ts";
import type { ReportFacts } from "./facts/report-facts.ts";
import { oneLine } from "./facts/sentences.ts";
import { MOST, notShown } from "./limits.ts";
import { wide } from "./wide.ts";

export function FindingsSection({ facts: { findings, checks, points } }: { facts: ReportFacts }) {
  const unsure = checks.filter(({ answer }) => answer.answer === "cant-tell").length;
  const left = notShown(findings.length, MOST.findings, "finding");
  return (
    <section id="findings">
      <h2>Findings</h2>
      <p class="soft">
        {findings.length === 0 && "Nothing found. "}
        {whole(checks.length)} checks of the app's settings and behavior against Microsoft's guidance, worst
        first; {whole(unsure)} of them could not tell from this recording.
      </p>
      <div class="findings">
        {findings.slice(0, MOST.findings).map((result) => (
          <Finding key={result.key} result={result} />
        ))}
      </div>
      {left !== null && <p class="soft">{left}</p>}
      <details class="scorecard">
        <summary>
          <h3>Resilience scorecard</h3> <span class="soft">{guidanceInWords(points)}</span>
        </summary>
        <div {...wide("Resilience scorecard")}>
          <GuidanceTable points={points} Link={({ children }) => <>{children}</>} />
        </div>
      </details>
    </section>
  );
}

const Finding = ({ result: { id, hub, answer } }: { result: FoundResult }) => (
  <details class="finding">
    <summary>
      <SeverityTag severity={answer.severity} /> <h3>{FINDINGS[id].title}</h3>{" "}
      <span class="soft wrap-any">{oneLine(hub)}</span>
      <span class="say-it wrap-any">{oneLine(answer.say, MOST.text)}</span>
    </summary>
    <div class="finding-body">
      <FindingBody kind={FINDINGS[id]} found={answer} />
    </div>
  </details>
);
