import { guidanceInWords, type Objection } from "../../../extension/core/diagnosis/findings/guidance.ts";
import { day } from "../../../extension/core/text/format.ts";
import type { ComponentChildren } from "preact";
import { GuidanceTable } from "../../content/guidance-table.tsx";
import { Icon } from "../../content/deferred-icons.tsx";
import { findingsOf } from "../../state/findings/findings-control.ts";
import { sheetOf } from "../../state/findings/sheet-control.ts";
import { usePanel } from "../../state/panel-state.ts";
import { scenariosOf } from "../../state/scenarios/scenario-control.ts";

const GUIDANCE_LINK = "https://learn.microsoft.com/azure/azure-signalr/signalr-concept-client-disconnections";

/** The resilience scorecard: findings and scenarios of the page in one sheet, before and after. */
export function GuidanceSheet() {
  const panel = usePanel();
  const sheet = sheetOf(panel);
  const points = sheet.points.value;
  const before = sheet.before.value;
  const untested = points.some(({ state }) => state === "not-tested");
  return (
    <article class="card finding" data-testid="guidance-sheet">
      <header class="card-head">
        <h2 class="title">Resilience scorecard</h2>
        <p class="verdict" data-testid="guidance-summary">
          {guidanceInWords(points)}
        </p>
      </header>
      <p class="say">
        Findings of this recording and results of scenarios on this page, for each point of{" "}
        <a class="read-on" href={GUIDANCE_LINK} target="_blank" rel="noreferrer" title={GUIDANCE_LINK}>
          Microsoft's guidance <Icon name="link" small />
        </a>
        {untested &&
          ". What is not tested needs a lost connection: run the scenarios, or use the app for longer"}
        .
      </p>
      <GuidanceTable points={points} before={before?.points} Link={Link} />
      {before && <p class="dim">Before: as kept on {day(before.at, panel.source.now())}.</p>}
      <div class="actions">
        <button
          class="btn"
          onClick={() => {
            panel.tab.value = "scenarios";
          }}
        >
          <Icon name="play" />
          Open scenarios
        </button>
        <button class="btn" data-testid="guidance-keep" onClick={() => void sheet.keep()}>
          {before ? "Keep this one as “before”" : "Keep as “before”"}
        </button>
        {before && (
          <button class="btn" data-testid="guidance-forget" onClick={() => void sheet.forget()}>
            Forget “before”
          </button>
        )}
      </div>
    </article>
  );
}

/** Opens the finding, or the scenario. */
function Link({ objection, children }: { objection: Objection; children: ComponentChildren }) {
  const panel = usePanel();
  return (
    <button
      class="link"
      onClick={() => {
        if (objection.from === "finding") findingsOf(panel).open(objection.result.key);
        else {
          scenariosOf(panel).chosen.value = objection.scenario;
          panel.tab.value = "scenarios";
        }
      }}
    >
      {children}
    </button>
  );
}
