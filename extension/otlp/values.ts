/** Values as OTLP has them. */
import type { EpochMilliseconds } from "../core/units.ts";
import type { AttributeName } from "./attribute-names.ts";
import type { AnyValue, KeyValue } from "./types.ts";

type AttributeValue = string | number | boolean | readonly string[];

/** null and undefined are left out. */
export type Attributes = Readonly<Partial<Record<AttributeName, AttributeValue | null | undefined>>>;

export const attributes = (values: Attributes): KeyValue[] =>
  Object.entries(values).flatMap(([key, value]) =>
    value === null || value === undefined ? [] : [{ key, value: anyValue(value) }],
  );

export function anyValue(value: AttributeValue): AnyValue {
  if (typeof value === "string") return { stringValue: value };
  if (typeof value === "boolean") return { boolValue: value };
  if (typeof value !== "number") return { arrayValue: { values: value.map(anyValue) } };
  return Number.isSafeInteger(value) ? { intValue: String(value) } : { doubleValue: value };
}

/** As a text, as a number of JavaScript hasn't enough digits. To the microsecond, as precise as recorded. */
export const nanoseconds = (t: EpochMilliseconds): string =>
  `${Math.max(0, Math.round(t * 1_000))}000`.replace(/^0+(?=\d)/, "");

export const spanTimes = (
  from: EpochMilliseconds,
  until: EpochMilliseconds,
): { readonly startTimeUnixNano: string; readonly endTimeUnixNano: string } => ({
  startTimeUnixNano: nanoseconds(from),
  endTimeUnixNano: nanoseconds(Math.max(from, until)),
});
