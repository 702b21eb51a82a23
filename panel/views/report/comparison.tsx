import { useState } from "preact/hooks";
import { visibleText } from "../../../extension/core/text/visible-text.ts";
import { LOCAL, dateTime } from "../../../extension/core/text/format.ts";
import {
  CHANGE_WORD,
  DIFFERENT_PAGES,
  FINDING_CHANGE_WORD,
  comparisonText,
  figureWords,
} from "../../../extension/report/comparison-text.ts";
import type { RecordingComparison } from "../../../extension/report/facts/comparison.ts";
import { SEVERITY_WORD } from "../../../extension/wording/finding-words.ts";
import { CopyButton } from "../../components/copy-button.tsx";
import { compareStored, type Compared } from "../../state/compare-recordings.ts";
import { usePanel } from "../../state/panel-state.ts";
import { nameOf, type Recording } from "../../state/recordings.ts";

/** Another recording beside the shown one, for example before and after a change. */
export function Comparison() {
  const panel = usePanel();
  const shown = panel.shown.value;
  const others = panel.recordings.value.filter(({ id }) => id !== shown?.id);
  const [compared, setCompared] = useState<Compared | null>(null);
  const [isBusy, setBusy] = useState(false);
  const of = [compared?.before.id, compared?.after.id];
  const isOfShown = compared !== null && shown !== null && of.includes(shown.id);

  const compareWith = async (other: Recording): Promise<void> => {
    const loaded = panel.loaded.peek();
    if (!loaded || !shown) return;
    setBusy(true);
    try {
      setCompared(await compareStored(panel.source, shown, loaded.model, other));
    } catch (error) {
      panel.notices.failed("The recordings can't be compared", error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      <h3 class="section">Compare with another recording</h3>
      {others.length === 0 ? (
        <p class="soft">There is no other one. Record again after a change of the app, or open a file.</p>
      ) : (
        <select
          class="select"
          aria-label="Compare with"
          disabled={isBusy}
          value={isOfShown ? (of.find((id) => id !== shown.id) ?? "") : ""}
          data-testid="compare-with"
          onChange={(event) => {
            const other = others.find(({ id }) => id === event.currentTarget.value);
            if (other) void compareWith(other);
            else setCompared(null);
          }}
        >
          <option value="">{isBusy ? "Reading…" : "Choose…"}</option>
          {others.map((one) => (
            <option key={one.id} value={one.id}>
              {titleOf(one)}
            </option>
          ))}
        </select>
      )}
      {isOfShown && <Result {...compared} />}
    </>
  );
}

const titleOf = (one: Recording): string => `${nameOf(one)}, ${dateTime(one.startedAt, LOCAL)}`;

function Result({ before, after, facts, comparison }: Compared) {
  return (
    <div class="comparison" data-testid="comparison">
      {comparison.differentPages && <p>{DIFFERENT_PAGES}</p>}
      <p class="soft">
        Before: {titleOf(before)}. After: {titleOf(after)}.{" "}
        <CopyButton
          text={comparisonText(comparison, facts.before, facts.after)}
          label="Copy the comparison as text"
        />
      </p>
      <Figures {...comparison} />
      <Causes {...comparison} />
      <Findings {...comparison} />
      {comparison.scenarios && comparison.scenarios.scenarios.length > 0 && (
        <table class="report-table">
          <Head first="Scenario" />
          <tbody>
            {comparison.scenarios.scenarios.map(
              ({ scenario, title, before: was, after: is, change, unlike }) => (
                <tr key={scenario}>
                  <td>{title}</td>
                  <td class="r">{was ?? "–"}</td>
                  <td class="r">{is ?? "–"}</td>
                  <td class="wrap">{unlike ?? CHANGE_WORD[change]}</td>
                </tr>
              ),
            )}
          </tbody>
        </table>
      )}
    </div>
  );
}

const Head = ({ first }: { readonly first: string }) => (
  <thead>
    <tr>
      <th>{first}</th>
      <th class="r">Before</th>
      <th class="r">After</th>
      <th>Change</th>
    </tr>
  </thead>
);

const Figures = ({ figures }: RecordingComparison) => (
  <table class="report-table">
    <Head first="Figure" />
    <tbody>
      {figures.map(({ name, unit, before, after, change }) => (
        <tr key={name}>
          <td>{name}</td>
          <td class="r">{figureWords(before, unit)}</td>
          <td class="r">{figureWords(after, unit)}</td>
          <td class={change === "worse" ? "wrap bad-word" : "wrap"}>{CHANGE_WORD[change]}</td>
        </tr>
      ))}
    </tbody>
  </table>
);

const Causes = ({ causes }: RecordingComparison) =>
  causes.length === 0 ? null : (
    <table class="report-table">
      <thead>
        <tr>
          <th>Cause</th>
          <th class="r">Before</th>
          <th class="r">After</th>
          <th class="wrap" />
        </tr>
      </thead>
      <tbody>
        {causes.map(({ title, before, after }) => (
          <tr key={title}>
            <td>{title}</td>
            <td class="r">{before}</td>
            <td class="r">{after}</td>
            <td />
          </tr>
        ))}
      </tbody>
    </table>
  );

const Findings = ({ findings }: RecordingComparison) =>
  findings.length === 0 ? null : (
    <table class="report-table">
      <thead>
        <tr>
          <th>Finding</th>
          <th>Hub</th>
          <th>Severity</th>
          <th>Change</th>
        </tr>
      </thead>
      <tbody>
        {findings.map(({ id, title, hub, severity, change }) => (
          <tr key={`${id} ${hub}`}>
            <td>{title}</td>
            <td>{visibleText(hub)}</td>
            <td>{SEVERITY_WORD[severity]}</td>
            <td class={change === "new" ? "wrap bad-word" : "wrap"}>{FINDING_CHANGE_WORD[change]}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
