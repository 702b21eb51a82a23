import type { ComponentChildren } from "preact";
import { MESSAGE_TYPES } from "../../../extension/core/protocol/terms.ts";
import type { Parameter } from "../../../extension/core/faults/parameter.ts";
import { TypedInput } from "../../components/typed-input.tsx";
import { hintOf, unitOf, type Field, type FieldValue } from "./form-fields.ts";

interface Props {
  readonly field: Field;
  readonly value: FieldValue;
  readonly problem: string | undefined;
  readonly onChange: (value: FieldValue) => void;
}

/** One parameter of a fault: label, input, and a hint or an error below. */
export function FaultField({ field: { key, parameter }, value, problem, onChange }: Props) {
  const id = `fault-${key}`;
  const note = problem === undefined ? hintOf(parameter) : `${parameter.label} ${problem}.`;
  const grouped = parameter.kind === "direction" || parameter.kind === "message-types";
  return (
    <FormRow id={id} label={parameter.label} grouped={grouped} note={note} wrong={problem !== undefined}>
      <Control
        id={id}
        parameter={parameter}
        value={value}
        wrong={problem !== undefined}
        described={note !== ""}
        onChange={onChange}
      />
    </FormRow>
  );
}

interface RowProps {
  readonly id: string;
  readonly label: string;
  /** It has several controls with one common label. */
  readonly grouped?: boolean;
  readonly note?: string;
  readonly wrong?: boolean;
  readonly children: ComponentChildren;
}

export const FormRow = ({ id, label, grouped = false, note = "", wrong = false, children }: RowProps) => (
  <>
    {grouped ? (
      <span class="label" id={`${id}-label`}>
        {label}
      </span>
    ) : (
      <label for={id}>{label}</label>
    )}
    <div class="line">
      {children}
      {note !== "" && (
        <span
          id={`${id}-note`}
          class={wrong ? "wrong-word" : "dim"}
          role={wrong ? "alert" : undefined}
          data-testid={wrong ? `${id}-problem` : undefined}
        >
          {note}
        </span>
      )}
    </div>
  </>
);

interface ControlProps {
  readonly id: string;
  readonly parameter: Parameter;
  readonly value: FieldValue;
  readonly wrong: boolean;
  readonly described: boolean;
  readonly onChange: (value: FieldValue) => void;
}

function Control({ id, parameter, value, wrong, described, onChange }: ControlProps) {
  switch (parameter.kind) {
    case "flag":
      return (
        <input
          id={id}
          type="checkbox"
          checked={value === true}
          data-testid={id}
          onChange={(event) => {
            onChange(event.currentTarget.checked);
          }}
        />
      );
    case "direction":
      return <Directions id={id} value={value} onChange={onChange} />;
    case "message-types":
      return <MessageTypes id={id} value={value} onChange={onChange} />;
    case "choice":
      return (
        <select
          id={id}
          class="select"
          value={String(value)}
          data-testid={id}
          onChange={(event) => {
            onChange(event.currentTarget.value);
          }}
        >
          {parameter.of.map((one) => (
            <option key={one.value} value={String(one.value)}>
              {one.label}
            </option>
          ))}
        </select>
      );
    case "close-code":
    case "delay":
    case "duration":
    case "probability":
    case "text":
    case "whole": {
      const long = parameter.kind === "text";
      return (
        <TypedInput
          id={id}
          value={String(value)}
          unit={unitOf(parameter)}
          long={long}
          // Longer than the limit, so that a text that is too long gets an error instead of being cut.
          maxLength={long ? parameter.max * 2 : 40}
          wrong={wrong}
          described={described}
          onChange={onChange}
        />
      );
    }
  }
}

const DIRECTIONS = [
  ["both", "Both ways"],
  ["in", "Server to client"],
  ["out", "Client to server"],
] as const;

type GroupProps = Pick<ControlProps, "id" | "value" | "onChange">;

const Directions = ({ id, value, onChange }: GroupProps) => (
  <span class="seg" role="radiogroup" aria-labelledby={`${id}-label`}>
    {DIRECTIONS.map(([direction, word]) => (
      <label key={direction}>
        <input
          type="radio"
          name={id}
          checked={value === direction}
          data-testid={`${id}-${direction}`}
          onChange={() => {
            onChange(direction);
          }}
        />
        {word}
      </label>
    ))}
  </span>
);

function MessageTypes({ id, value, onChange }: GroupProps) {
  const chosen = Array.isArray(value) ? (value as readonly number[]) : [];
  return (
    <span class="types" role="group" aria-labelledby={`${id}-label`}>
      {Object.entries(MESSAGE_TYPES).map(([key, word]) => {
        const type = Number(key);
        return (
          <label key={key} class="tick-row">
            <input
              type="checkbox"
              checked={chosen.includes(type)}
              data-testid={`${id}-${key}`}
              onChange={(event) => {
                const others = chosen.filter((one) => one !== type);
                onChange(event.currentTarget.checked ? [...others, type].sort((a, b) => a - b) : others);
              }}
            />
            {word}
          </label>
        );
      })}
    </span>
  );
}
