/** What a run of the connection doctor says and has measured. */
import type { AppUse } from "../../extension/core/doctor/app-uses.ts";
import { problemsFirst } from "../../extension/core/doctor/report-of.ts";
import type { DoctorReport } from "../../extension/core/doctor/report.ts";
import type { DoctorRunModel } from "../../extension/core/model/types.ts";
import { visibleText } from "../../extension/core/text/visible-text.ts";
import { TOKEN_WORD } from "../../extension/wording/doctor-labels.ts";
import { usesInWords } from "../../extension/wording/doctor-text.ts";
import { DoctorTables } from "./doctor-tables.tsx";
import { Verdict } from "./doctor-verdict.tsx";
import { Icon } from "./deferred-icons.tsx";
import { useContentContext } from "./content-context.ts";

interface Props {
  readonly run: DoctorRunModel;
  readonly report: DoctorReport;
  readonly uses: readonly AppUse[];
  /** Why it ended before it had tried everything. */
  readonly early: string | null;
}

export function DoctorResult({ run, report, uses, early }: Props) {
  const { Time, headings } = useContentContext();
  const { began } = run;
  const Heading = headings.card;
  const look = (
    {
      problem: { icon: "bad", tone: "bad" },
      fine: { icon: "pass", tone: "good" },
      unknown: { icon: "question", tone: "none" },
    } as const
  )[report.where !== null ? "problem" : early === null ? "fine" : "unknown"];
  return (
    <>
      <header class="doctor-head">
        <Heading class="title doctor-headline">
          <span class={`sev ${look.tone}`}>
            <Icon name={look.icon} />
          </span>
          {visibleText(report.headline)}
        </Heading>
        <p class="doctor-title">
          <span class="soft wrap-any">{visibleText(began.url)}</span>
          <Time t={run.from} decimals={1} />
        </p>
        {early !== null && (
          <p class="in-the-way" data-testid="doctor-early">
            <Icon name="warn" />
            <span>{visibleText(early)} What it found until then:</span>
          </p>
        )}
      </header>
      <ul class="doctor-verdicts">
        {problemsFirst(report.verdicts).map((verdict, i) => (
          <Verdict key={i} verdict={verdict} />
        ))}
      </ul>
      <p class="soft">
        Measured with @microsoft/signalr {began.client}. Token: {TOKEN_WORD[began.token]}.{" "}
        {uses.length > 0 && <>The app uses {visibleText(usesInWords(uses))}.</>}
      </p>
      <DoctorTables facts={run.facts} skips={began.skipNegotiation === true} uses={uses} />
    </>
  );
}
