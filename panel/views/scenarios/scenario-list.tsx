import { useRef } from "preact/hooks";
import { usePanel } from "../../state/panel-state.ts";
import { duration } from "../../../extension/core/text/format.ts";
import { Icon } from "../../content/deferred-icons.tsx";
import { check, EMPTY } from "./editing.ts";
import { FileButton } from "../../components/file-button.tsx";
import { howLong, roundly } from "./how-long.ts";
import { inJson, openText } from "../../state/scenarios/scenario-files.ts";
import { scenariosOf, type Listed } from "../../state/scenarios/scenario-control.ts";
import { VerdictIcon, verdictWord, type Shown } from "../../content/scenario-verdict.tsx";

export function ScenarioList() {
  const panel = usePanel();
  const control = scenariosOf(panel);
  const box = useRef<HTMLUListElement>(null);
  const all = control.all.value;
  const chosen = control.chosen.value;
  const choose = (name: string): void => {
    control.chosen.value = name;
    control.beside.value = { show: "scenario" };
  };
  const move = (event: KeyboardEvent): void => {
    const at = all.findIndex(({ scenario }) => scenario.name === chosen);
    const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: all.length - 1 }[event.key];
    if (to === undefined) return;
    event.preventDefault();
    const next = all[Math.max(0, Math.min(all.length - 1, to))];
    if (!next) return;
    choose(next.scenario.name);
    box.current
      ?.querySelector<HTMLElement>(`[data-scenario="${next.scenario.name}"] .scenario-name`)
      ?.focus();
  };
  const firstOwn = all.find(({ own }) => own);
  return (
    <>
      <ul ref={box} class="scenario-list" onKeyDown={move}>
        {all.map((listed) => (
          <Row
            key={listed.scenario.name}
            listed={listed}
            first={listed === firstOwn}
            chosen={listed.scenario.name === chosen}
            onChoose={() => {
              choose(listed.scenario.name);
            }}
          />
        ))}
      </ul>
      <div class="actions list-actions">
        <button
          class="btn small"
          data-testid="scenario-new"
          onClick={() => {
            control.beside.value = { show: "editor", text: inJson(EMPTY), replaces: null };
          }}
        >
          New scenario…
        </button>
        <FileButton
          class="btn small"
          label="Scenario file"
          testId="scenario-import"
          onFiles={([file]) => {
            void openText(file).then(
              async (text) => {
                const read = check(text, all, null);
                // An invalid file is opened in the editor.
                if (!read.ok) control.beside.value = { show: "editor", text, replaces: null };
                else if (await control.save(read.scenario, null)) choose(read.scenario.name);
              },
              (error: unknown) => {
                panel.notices.failed(`${file.name} can't be opened`, error);
              },
            );
          }}
        >
          <Icon name="open" />
          Open…
        </FileButton>
      </div>
    </>
  );
}

interface RowProps {
  readonly listed: Listed;
  /** Whether it is the first of the user's own scenarios. */
  readonly first: boolean;
  readonly chosen: boolean;
  readonly onChoose: () => void;
}

function Row({ listed: { scenario, own }, first, chosen, onChoose }: RowProps) {
  const control = scenariosOf(usePanel());
  const { picked, running, speed } = control;
  const { name, title } = scenario;
  const result = control.resultOf(name);
  const now = running.value;
  const verdict: Shown = now?.scenario === scenario ? "running" : (result?.verdict ?? "none");
  const time = result
    ? duration(result.to - result.from)
    : `≈ ${duration(roundly(howLong(scenario, speed.value).about))}`;
  // The Tab key stops once in the list, as in any list box.
  const tabIndex = chosen ? 0 : -1;
  return (
    <li
      class={`scenario-row ${chosen ? "chosen" : ""} ${first ? "first-own" : ""}`}
      data-testid="scenario-row"
      data-scenario={name}
      data-verdict={verdict}
    >
      <input
        type="checkbox"
        checked={picked.value.has(name)}
        disabled={now !== null}
        tabIndex={tabIndex}
        aria-label={`Select ${title}`}
        onChange={(event) => {
          const next = new Set(picked.value);
          if (event.currentTarget.checked) next.add(name);
          else next.delete(name);
          picked.value = next;
        }}
      />
      <button class="scenario-name" tabIndex={tabIndex} aria-current={chosen} onClick={onChoose}>
        <VerdictIcon verdict={verdict} />
        <b class="ellip">{title}</b>
        <span class="dim time-of">{time}</span>
        <span class="note ellip">{noteOf(verdict, result, scenario.say)}</span>
        {own && <span class="badge own">custom</span>}
      </button>
      <button
        class="mini"
        tabIndex={tabIndex}
        disabled={now !== null || control.reason.value !== null}
        aria-label={`Run ${title}`}
        title={`Run ${title}`}
        data-testid="scenario-run-one"
        onClick={() => {
          void control.run([scenario]);
        }}
      >
        <Icon name="play" />
      </button>
    </li>
  );
}

/** The reason for the verdict, or else the scenario's description. */
function noteOf(
  verdict: Shown,
  result: ReturnType<ReturnType<typeof scenariosOf>["resultOf"]>,
  say: string,
): string {
  if (verdict === "running" || !result) return say;
  if (result.why !== null) return result.why;
  const decisive = result.expectations.find((one) => one.verdict === verdict && verdict !== "pass");
  if (decisive) return decisive.say;
  const recovered = result.expectations.find(({ that }) => that === "recovered");
  return recovered?.say ?? result.expectations[0]?.say ?? verdictWord(verdict);
}
