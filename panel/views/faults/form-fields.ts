/** A fault's form as data: the values of its fields, and the resulting command. Pure. */
import type { FaultDetails, FaultTarget } from "../../../extension/core/faults/fault-details.ts";
import { LONGEST_DELAY, LONGEST_FAULT } from "../../../extension/core/faults/limits.ts";
import type { Parameter } from "../../../extension/core/faults/parameter.ts";
import { isProblems, readFault } from "../../../extension/core/faults/parse.ts";
import { grouped } from "../../../extension/core/faults/problem.ts";
import {
  FAULT_DETAILS,
  type FaultCommand,
  type FaultName,
} from "../../../extension/core/faults/vocabulary.ts";
import { duration } from "../../../extension/core/text/format.ts";
import { readNumber, readSeconds } from "../../state/numbers.ts";

/** As typed; a list for message types. */
export type FieldValue = string | boolean | readonly number[];
export type FormValues = Readonly<Record<string, FieldValue>>;

export interface Field {
  readonly key: string;
  readonly parameter: Parameter;
}

/** The duration comes last, as most faults have it. */
export function fieldsOf(name: FaultName): readonly Field[] {
  const { parameters }: FaultDetails = FAULT_DETAILS[name];
  return Object.entries(parameters).map(([key, parameter]) => ({ key, parameter }));
}

export const initialValues = (name: FaultName): FormValues =>
  Object.fromEntries(fieldsOf(name).map(({ key, parameter }) => [key, initialValue(parameter)]));

/** Optional fields are empty at first, except choices, which show what that means. */
function initialValue(parameter: Parameter): FieldValue {
  switch (parameter.kind) {
    case "flag":
      return parameter.default;
    case "message-types":
      return [];
    case "text":
      return "";
    case "direction":
      return parameter.default;
    case "duration":
      return given(parameter, (initial) => initial / 1000);
    case "probability":
      return given(parameter, (initial) => initial * 100);
    case "choice":
    case "close-code":
    case "delay":
    case "whole":
      return given(parameter, (initial) => initial);
  }
}

const given = (
  { default: initial, optional }: { default?: number; optional?: string },
  shown: (initial: number) => number,
): string => (initial === undefined || optional !== undefined ? "" : String(shown(initial)));

/** A command, or problems by field. */
export type ReadForm =
  | { readonly ok: true; readonly command: FaultCommand }
  | { readonly ok: false; readonly problems: Readonly<Record<string, string>> };

export function readForm(name: FaultName, values: FormValues, target: FaultTarget): ReadForm {
  const problems: Record<string, string> = {};
  const found: Record<string, unknown> = {};
  for (const { key, parameter } of fieldsOf(name)) {
    const read = readField(parameter, values[key] ?? "");
    if ("problem" in read) problems[key] = read.problem;
    else if (read.value !== undefined) found[key] = read.value;
  }
  if (Object.keys(problems).length > 0) return { ok: false, problems };
  const command = readFault({ name, target, ...found });
  if (!isProblems(command)) return { ok: true, command };
  for (const { at, say } of command) problems[at] ??= say;
  return { ok: false, problems };
}

type ReadField = { readonly value: unknown } | { readonly problem: string };

function readField(parameter: Parameter, value: FieldValue): ReadField {
  if (typeof value === "string" && value.trim() === "")
    return parameter.optional !== undefined ? { value: undefined } : { problem: "is required" };
  switch (parameter.kind) {
    case "flag":
    case "direction":
    case "text":
      return { value };
    case "message-types":
      return { value: Array.isArray(value) && value.length > 0 ? value : undefined };
    case "duration": {
      const read = readSeconds(String(value), (parameter.max ?? LONGEST_FAULT) / 1000);
      return read.ok ? { value: read.seconds * 1000 } : { problem: `is ${read.problem}` };
    }
    case "probability": {
      const percent = readNumber(String(value));
      return percent === null || percent > 100
        ? { problem: "is a number from 0 to 100" }
        : { value: percent / 100 };
    }
    case "choice":
    case "close-code":
    case "delay":
    case "whole": {
      const number = readNumber(String(value));
      return number === null
        ? { problem: `is a number, not "${String(value).slice(0, 40)}"` }
        : { value: number };
    }
  }
}

/** A hint about valid values, shown below the field; empty if not needed. */
export function hintOf(parameter: Parameter): string {
  const left = parameter.optional === undefined ? "" : `If empty: ${parameter.optional}.`;
  switch (parameter.kind) {
    case "duration":
      return left || `at most ${duration(parameter.max ?? LONGEST_FAULT)}`;
    case "delay":
      return left || `at most ${duration(LONGEST_DELAY)}`;
    case "whole":
      return left || `${grouped(parameter.min)} to ${grouped(parameter.max)}`;
    case "close-code":
      return "1000 to 1003, 1005 to 1015, 3000 to 4999";
    case "message-types":
      return left.replace("If empty", "If none is selected");
    case "text":
      return left;
    case "probability":
      return "of the messages, at random";
    case "choice":
    case "direction":
    case "flag":
      return "";
  }
}

export function unitOf(parameter: Parameter): string | null {
  switch (parameter.kind) {
    case "duration":
      return "s";
    case "delay":
      return "ms";
    case "probability":
      return "%";
    case "whole":
      return parameter.unit ?? null;
    case "choice":
    case "close-code":
    case "direction":
    case "flag":
    case "message-types":
    case "text":
      return null;
  }
}
