import { useEffect, useRef, useState } from "preact/hooks";
import { visibleText } from "../../../extension/core/text/visible-text.ts";
import { usePanel } from "../../state/panel-state.ts";
import { Icon } from "../../content/deferred-icons.tsx";
import { check } from "./editing.ts";
import { scenariosOf } from "../../state/scenarios/scenario-control.ts";

interface Props {
  readonly text: string;
  readonly replaces: string | null;
}

/** Edits a scenario as JSON, checked while typing. */
export function ScenarioEditor({ text: before, replaces }: Props) {
  const control = scenariosOf(usePanel());
  const [text, setText] = useState(before);
  const field = useRef<HTMLTextAreaElement>(null);
  const read = check(text, control.all.value, replaces);
  useEffect(() => {
    field.current?.focus();
  }, []);
  const leave = (): void => {
    control.beside.value = { show: "scenario" };
  };
  return (
    <form
      class="scenario-editor"
      aria-label={replaces === null ? "New scenario" : `Edit ${replaces}`}
      onSubmit={(event) => {
        event.preventDefault();
        if (!read.ok) return;
        const { scenario } = read;
        void control.save(scenario, replaces).then((saved) => {
          if (!saved) return;
          control.chosen.value = scenario.name;
          leave();
        });
      }}
    >
      <div class="head">
        <h2 class="title">{replaces === null ? "New scenario" : "Edit scenario"}</h2>
        <span class="grow" />
        <button class="btn" type="button" data-testid="editor-cancel" onClick={leave}>
          Cancel
        </button>
        <button class="btn primary" type="submit" disabled={!read.ok} data-testid="editor-save">
          Save
        </button>
      </div>
      <p class="soft">
        A list of steps: <code>inject</code>, <code>end</code>, <code>wait</code>, <code>pause</code>,{" "}
        <code>expect</code>. Times are in milliseconds; <code>quick</code> holds the values for quick mode.
      </p>
      <textarea
        ref={field}
        class="mono"
        value={text}
        spellcheck={false}
        aria-label="Scenario, as JSON"
        aria-invalid={!read.ok}
        aria-describedby="editor-problems"
        data-testid="editor-text"
        onInput={(event) => {
          setText(event.currentTarget.value);
        }}
      />
      <div id="editor-problems" role="status" data-testid="editor-problems">
        {read.ok ? (
          <p class="fine">
            <Icon name="tick" />
            {`${read.scenario.steps.length} steps. Ready to run.`}
          </p>
        ) : (
          <ul class="problems">
            {read.problems.map(({ at, say }, i) => (
              <li key={i}>
                {at !== "" && <code>{at}</code>} {visibleText(say)}
              </li>
            ))}
          </ul>
        )}
      </div>
    </form>
  );
}
