/** JSON schema (draft 2020-12) from the tables of the faults. It is never stricter than the check in code, which decides. */
import { CLOSE_CODES } from "./check-parameter.ts";
import { LONGEST_DELAY, LONGEST_FAULT } from "./limits.ts";
import type { Parameter, ParameterTable } from "./parameter.ts";

export type Schema = { readonly [key: string]: SchemaValue };
type SchemaValue = string | number | boolean | Schema | readonly SchemaValue[];

export function parameterSchema(parameter: Parameter): Schema {
  const title = parameter.label;
  const said = {
    title,
    ...(parameter.optional === undefined ? {} : { description: `If omitted: ${parameter.optional}.` }),
  };
  switch (parameter.kind) {
    case "duration":
      return { ...said, type: "number", exclusiveMinimum: 0, maximum: parameter.max ?? LONGEST_FAULT };
    case "delay":
      return { ...said, type: "number", minimum: 0, maximum: LONGEST_DELAY };
    case "direction":
      return { ...said, enum: ["both", "in", "out"] };
    case "whole":
      return { ...said, type: "integer", minimum: parameter.min, maximum: parameter.max };
    case "probability":
      return { ...said, type: "number", minimum: 0, maximum: 1 };
    case "choice":
      return { ...said, enum: parameter.of.map(({ value }) => value) };
    case "close-code":
      return {
        ...said,
        type: "integer",
        anyOf: CLOSE_CODES.map(({ min, max }) => ({ minimum: min, maximum: max })),
      };
    case "flag":
      return { ...said, type: "boolean" };
    case "text":
      return { ...said, type: "string", maxLength: parameter.max };
    case "message-types":
      return {
        ...said,
        type: "array",
        minItems: 1,
        uniqueItems: true,
        items: { type: "integer", minimum: 1, maximum: 9 },
      };
  }
}

/** An object with these constant fields, the fields of the table, and no others. */
export function objectSchema(
  fixed: Readonly<Record<string, Schema>>,
  table: ParameterTable,
  more: Readonly<Record<string, Schema>> = {},
): Schema {
  const entries = Object.entries(table);
  const properties = Object.fromEntries(entries.map(([key, parameter]) => [key, parameterSchema(parameter)]));
  const needed = entries.filter(([, { optional }]) => optional === undefined).map(([key]) => key);
  return {
    type: "object",
    properties: { ...fixed, ...properties, ...more },
    required: [...Object.keys(fixed), ...needed],
    additionalProperties: false,
  };
}
