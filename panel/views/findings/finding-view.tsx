import { FINDINGS } from "../../../extension/core/diagnosis/findings/registry.ts";
import { day } from "../../../extension/core/text/format.ts";
import { isProven } from "../../../extension/core/diagnosis/findings/finding.ts";
import { visibleText } from "../../../extension/core/text/visible-text.ts";
import { ANSWER_WORD, GROUP_WORD } from "../../../extension/wording/finding-words.ts";
import { FindingBody } from "../../content/finding-body.tsx";
import { Icon } from "../../content/deferred-icons.tsx";
import { SeverityTag } from "../../content/severity.tsx";
import { TimeLink } from "../../components/time-link.tsx";
import { findingsOf } from "../../state/findings/findings-control.ts";
import type { Later, ListedFinding } from "../../state/findings/listed.ts";
import { usePanel } from "../../state/panel-state.ts";
import { scenariosOf } from "../../state/scenarios/scenario-control.ts";
import type { Row } from "./listing.ts";

/** One finding, or a check that found nothing, with its reason. */
export function FindingView({ row }: { row: Row }) {
  const { result, finding, title } = row;
  const later = finding ? finding.later : laterOf(row);
  const kind = FINDINGS[result.id];
  const { answer } = result;
  return (
    <article class="card finding" data-testid="finding" data-finding={result.id}>
      <header class="card-head">
        {finding && <SeverityTag severity={finding.result.answer.severity} />}
        <h2 class="title">{title}</h2>
        <span class="badge">{GROUP_WORD[kind.group]}</span>
        <span class="dim wrap-any">{visibleText(result.hub)}</span>
        <p class="verdict wrap-any">
          {answer.answer !== "found" && <b>{ANSWER_WORD[answer.answer]}</b>} {visibleText(answer.say)}
        </p>
        {later && <LaterNote later={later} />}
        {finding?.again === true && (
          <p class="in-the-way">
            <Icon name="warn" />
            <span>It was marked as done, and found again after that.</span>
          </p>
        )}
      </header>
      {answer.answer === "found" ? (
        <FindingBody kind={kind} found={answer} />
      ) : (
        <p class="say">
          {kind.why}{" "}
          <a class="read-on" href={kind.link} target="_blank" rel="noreferrer" title={kind.link}>
            Learn more <Icon name="link" small />
          </a>
        </p>
      )}
      <Actions row={row} />
    </article>
  );
}

const LATER_WORDS: Readonly<Record<Later["state"], string>> = {
  gone: "Gone",
  "still-there": "Still there",
  "not-seen": "Not seen yet whether it is gone,",
};

/** What has become of it, since when. */
function LaterNote({ later: { state, what, t } }: { later: Later }) {
  const { source } = usePanel();
  return (
    <p class="in-the-way" data-testid="finding-later" data-state={state}>
      <Icon name={state === "gone" ? "pass" : state === "still-there" ? "warn" : "question"} />
      <span>
        {LATER_WORDS[state]}{" "}
        {what === "scenario" ? (
          <>
            since the scenario was run at <TimeLink t={t} decimals={1} />.
          </>
        ) : (
          `since an earlier recording of this site, where it was found last: ${day(t, source.now())}.`
        )}
      </span>
    </p>
  );
}

/** Of a check that finds nothing (any more). */
const laterOf = ({ before, result }: Row): Later | null =>
  before === null
    ? null
    : { what: "recording", t: before, state: isProven(result.answer) ? "gone" : "not-seen" };

/** Run the scenario that shows whether a change helped; mark the finding. */
function Actions({ row: { result, finding, title } }: { row: Row }) {
  const panel = usePanel();
  const control = findingsOf(panel);
  return (
    <div class="actions">
      <Proof
        name={FINDINGS[result.id].scenario}
        asks={finding !== null || result.answer.answer === "cant-tell"}
      />
      {finding && (
        <Marks
          finding={finding}
          mark={(as) => {
            void control.mark(result, title, as).then(focusList);
          }}
        />
      )}
    </div>
  );
}

/** The marked finding has left the list, and its buttons with it. */
function focusList(): void {
  requestAnimationFrame(() => {
    document.querySelector<HTMLElement>(".finding-list, .finding-filter select")?.focus();
  });
}

function Proof({ name, asks }: { name: string | null; asks: boolean }) {
  const panel = usePanel();
  const scenarios = scenariosOf(panel);
  const scenario = scenarios.all.value.find((one) => one.scenario.name === name)?.scenario;
  if (!scenario || !asks) return null;
  const reason = scenarios.reason.value;
  return (
    <button
      class="btn"
      data-testid="finding-scenario"
      title={reason ?? "Shows whether the app does it right. The page is really disturbed."}
      disabled={reason !== null || scenarios.running.value !== null}
      onClick={() => {
        scenarios.chosen.value = scenario.name;
        panel.tab.value = "scenarios";
        void scenarios.run([scenario]);
      }}
    >
      <Icon name="play" />
      Run scenario “{scenario.title}”
    </button>
  );
}

function Marks({ finding, mark }: { finding: ListedFinding; mark: (as: "done" | "ignored" | null) => void }) {
  if (finding.state !== "open")
    return (
      <button
        class="btn"
        data-testid="finding-reopen"
        onClick={() => {
          mark(null);
        }}
      >
        Open again
      </button>
    );
  return (
    <>
      <button
        class="btn"
        data-testid="finding-done"
        onClick={() => {
          mark("done");
        }}
      >
        <Icon name="tick" />
        Mark as done
      </button>
      <button
        class="btn"
        data-testid="finding-ignore"
        onClick={() => {
          mark("ignored");
        }}
      >
        Ignore on this site
      </button>
    </>
  );
}
