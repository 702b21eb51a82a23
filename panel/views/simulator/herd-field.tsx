import { TypedInput } from "../../components/typed-input.tsx";
import type { HerdField, HerdKey } from "../../state/simulator/herd-fields.ts";
import type { ObservedValue } from "../../state/simulator/herd-observed.ts";

interface Props {
  readonly id: HerdKey;
  readonly field: HerdField;
  readonly value: string;
  readonly problem: string | undefined;
  readonly observed: ObservedValue | undefined;
  /** Its value at first is an assumption of what a recording, or Microsoft, could tell. */
  readonly assumable: boolean;
  readonly onChange: (value: string) => void;
}

/** One value: label, control, where it is from, and a hint or a mistake below. */
export function HerdFieldRow({ id, field, value, problem, observed, assumable, onChange }: Props) {
  const name = `herd-${id}`;
  const empty = field.kind === "number" && value.trim() === "" ? field.empty : undefined;
  const own = observed?.value === value ? observed : undefined;
  const note = problem ?? empty ?? field.hint;
  return (
    <>
      <label for={name}>{field.label}</label>
      <div class="line">
        <Control
          id={name}
          field={field}
          value={value}
          wrong={problem !== undefined}
          described={note !== undefined}
          onChange={onChange}
        />
        <Source observed={own} assumed={assumable && value === field.initial} />
        {note !== undefined && (
          <span
            id={`${name}-note`}
            class={problem === undefined ? "dim note" : "wrong-word note"}
            role={problem === undefined ? undefined : "alert"}
            data-testid={problem === undefined ? undefined : `${name}-problem`}
          >
            {problem === undefined ? note : `${field.label}: ${problem}`}
          </span>
        )}
      </div>
    </>
  );
}

function Source({ observed, assumed }: { observed: ObservedValue | undefined; assumed: boolean }) {
  if (observed)
    return (
      <span class={observed.certain ? "src client" : "src wire"} title={observed.say}>
        {observed.certain ? "observed" : "inferred"}
        <span class="vh">: {observed.say}</span>
      </span>
    );
  return assumed ? (
    <span class="src" title="Nobody has measured this: type in your own value.">
      assumed
    </span>
  ) : null;
}

interface ControlProps {
  readonly id: string;
  readonly field: HerdField;
  readonly value: string;
  readonly wrong: boolean;
  readonly described: boolean;
  readonly onChange: (value: string) => void;
}

function Control({ id, field, value, wrong, described, onChange }: ControlProps) {
  const describedBy = described ? `${id}-note` : undefined;
  if (field.kind === "choice")
    return (
      <select
        id={id}
        class="select"
        value={value}
        data-testid={id}
        aria-describedby={describedBy}
        onChange={(event) => {
          onChange(event.currentTarget.value);
        }}
      >
        {Object.entries(field.of).map(([key, word]) => (
          <option key={key} value={key}>
            {word}
          </option>
        ))}
      </select>
    );
  const unit = field.kind === "list" ? "s" : field.unit;
  const list = field.kind === "list";
  return (
    <TypedInput
      id={id}
      value={value}
      unit={unit}
      long={list}
      maxLength={2_000}
      wrong={wrong}
      described={described}
      onChange={onChange}
    />
  );
}
