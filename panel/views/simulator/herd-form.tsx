import type { HubConnectionModel } from "../../../extension/core/model/types.ts";
import { fieldOf, HERD_GROUPS, isShown, type HerdKey } from "../../state/simulator/herd-fields.ts";
import type { SimulatorControl } from "../../state/simulator/simulator-control.ts";
import { HerdFieldRow } from "./herd-field.tsx";
import { StartFrom } from "./start-from.tsx";

interface Props {
  readonly control: SimulatorControl;
  readonly hubs: readonly HubConnectionModel[];
}

export function HerdForm({ control, hubs }: Props) {
  const values = control.values.value;
  const read = control.read.value;
  const progress = control.progress.value;
  const running = progress !== null;
  return (
    <form
      class="run-form"
      // Mistakes are shown under each field.
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        // Where the results are below the form, as in a narrow panel.
        void control.run().then(() => {
          document.querySelector('[data-testid="simulator-results"]')?.scrollIntoView({ block: "nearest" });
        });
      }}
    >
      <div class="run-bar">
        <button
          class={running ? "btn" : "btn primary"}
          type={running ? "button" : "submit"}
          disabled={!running && !read.ok}
          data-testid="simulator-run"
          onClick={(event) => {
            if (!running) return;
            event.preventDefault();
            control.cancel();
          }}
        >
          {running ? "Cancel" : "Simulate"}
        </button>
        <span class="dim" role="status" data-testid="simulator-status">
          {running
            ? `${Math.floor(progress * 100)}%`
            : !read.ok
              ? "Some values are wrong."
              : control.stale.value
                ? "The values have changed."
                : ""}
        </span>
      </div>
      <StartFrom control={control} hubs={hubs} />
      {HERD_GROUPS.map(({ title, keys, note }) => (
        <fieldset key={title} class="herd-group">
          <legend class="section">{title}</legend>
          <div class="herd-fields">
            {keys
              .filter((key) => isShown(key, values))
              .map((key) => (
                <HerdFieldRow
                  key={key}
                  id={key}
                  field={fieldOf(key)}
                  value={values[key]}
                  problem={read.ok ? undefined : read.problems[key]}
                  observed={control.observed.value[key]}
                  assumable={ASSUMABLE.has(key)}
                  onChange={(value) => {
                    control.set(key, value);
                  }}
                />
              ))}
          </div>
          {note !== undefined && <p class="dim">{note}</p>}
        </fieldset>
      ))}
    </form>
  );
}

/** What a recording can tell. While it doesn't, the value at first is an assumption. */
const ASSUMABLE: ReadonlySet<HerdKey> = new Set([
  "kind",
  "delays",
  "then",
  "jitter",
  "connectFrom",
  "connectTo",
  "refusal",
  "negotiates",
]);
