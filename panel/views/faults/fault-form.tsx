import { useState } from "preact/hooks";
import type { FaultDetails } from "../../../extension/core/faults/fault-details.ts";
import { FAULT_DETAILS, FAULTS, type FaultName } from "../../../extension/core/faults/vocabulary.ts";
import { engine } from "../../state/engine.ts";
import { usePanel } from "../../state/panel-state.ts";
import { Icon } from "../../content/deferred-icons.tsx";
import { inject } from "../../state/fault-actions.ts";
import { resolveTarget, type Reach } from "./target.ts";
import { FaultField, FormRow } from "./field.tsx";
import { fieldsOf, initialValues, readForm } from "./form-fields.ts";
import { TargetChoice } from "./target-choice.tsx";

interface Props {
  readonly name: FaultName;
  readonly reach: Reach;
  readonly onReach: (reach: Reach) => void;
}

export function FaultForm({ name, reach, onReach }: Props) {
  const panel = usePanel();
  const { faults } = panel;
  const [values, setValues] = useState(() => initialValues(name));
  const [busy, setBusy] = useState(false);
  const resolved = resolveTarget(name, faults.targets.value, faults.target.value, reach, engine);
  // Parameters are checked even if there is no valid target.
  const read = readForm(name, values, resolved.ok ? resolved.target : { scope: "page" });
  const reason = panel.readOnly.value ?? (resolved.ok || resolved.field !== undefined ? null : resolved.why);
  const possible = read.ok && resolved.ok && reason === null && !busy;
  const fields = fieldsOf(name);
  return (
    <form
      // Errors are shown under each field.
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        if (!possible) return;
        setBusy(true);
        void inject(panel, resolved.pages, read.command).finally(() => {
          setBusy(false);
        });
      }}
    >
      <About name={name} />
      <div class="form">
        <TargetChoice
          name={name}
          reach={reach}
          problem={
            !resolved.ok && resolved.field !== undefined ? { field: resolved.field, say: resolved.why } : null
          }
          onReach={onReach}
        />
        {fields.map((field) => (
          <FaultField
            key={field.key}
            field={field}
            value={values[field.key] ?? ""}
            problem={read.ok ? undefined : read.problems[field.key]}
            onChange={(value) => {
              setValues((old) => ({ ...old, [field.key]: value }));
            }}
          />
        ))}
        {FAULTS[name].lasting && !fields.some(({ key }) => key === "duration" || key === "window") && (
          <FormRow id="fault-lasts" label="Duration" grouped>
            <span class="dim">Until undone</span>
          </FormRow>
        )}
      </div>
      <div class="actions">
        <button
          class="btn inject"
          type="submit"
          disabled={!possible}
          aria-describedby="fault-consequence"
          data-testid="fault-inject"
        >
          <Icon name="bolt" />
          {FAULTS[name].title}
        </button>
        <span id="fault-consequence" class="dim" data-testid="fault-consequence">
          {reason ?? consequence(name)}
        </span>
      </div>
      {reason === null && panel.source.pretends !== null && <p class="dim">{panel.source.pretends}</p>}
      <Realism name={name} />
    </form>
  );
}

function About({ name }: { name: FaultName }) {
  const { title, emulated } = FAULTS[name];
  const { description, appSees, serverSees, only }: FaultDetails = FAULT_DETAILS[name];
  return (
    <>
      <div class="head wrap">
        <h2 class="title">{title}</h2>
        <span class="badge">{emulated ? "emulated in the page" : "done by the browser"}</span>
        {only !== undefined && <span class="badge only">{only} only</span>}
      </div>
      <p class="say">{description}</p>
      <dl class="sees">
        <dt>The app sees</dt>
        <dd>{appSees}.</dd>
        <dt>The server sees</dt>
        <dd>{serverSees}.</dd>
      </dl>
    </>
  );
}

function Realism({ name }: { name: FaultName }) {
  const { simulates, limitations }: FaultDetails["realism"] = FAULT_DETAILS[name].realism;
  return (
    <section class="realism" aria-labelledby="fault-realism">
      <h3 class="section" id="fault-realism">
        Realism
      </h3>
      <dl class="sees">
        <dt>Simulates</dt>
        <dd>{simulates}</dd>
        <dt>Limitations</dt>
        <dd>
          {limitations.length === 0 ? (
            "None known."
          ) : (
            <ul class="limitations">
              {limitations.map((one) => (
                <li key={one}>{one}</li>
              ))}
            </ul>
          )}
        </dd>
      </dl>
    </section>
  );
}

function consequence(name: FaultName): string {
  if (name === "discard") return "Can't be undone.";
  return FAULTS[name].lasting
    ? "Can be undone. Ends when the panel closes."
    : "Takes effect immediately. Can't be undone.";
}
