/** The types of fields: each checks a value and copies it. */
import { shortened } from "../text/shortened.ts";

/** The value is not valid for the field. */
export const REFUSED = Symbol("refused");

export interface Field<T> {
  /** A checked copy of the value. Texts that are too long are shortened and end with "…". */
  readonly read: (value: unknown) => T | typeof REFUSED;
}

/** An optional field of an event. */
export interface OptionalField<T> extends Field<T> {
  readonly optional: true;
}

/** Limits texts in all fields except payloads. */
export const LONGEST_TEXT = 20_000;
export const SHORTENED = "…";

export const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;

/** A time in this century, in milliseconds. Any other would make the timeline too long to be useful. */
export const isTime = (value: unknown): value is number =>
  typeof value === "number" && value >= 946_684_800_000 && value <= 4_102_444_800_000;

export const field = <T>(is: (value: unknown) => value is T): Field<T> => ({
  read: (value) => (is(value) ? value : REFUSED),
});
export const optional = <T>({ read }: Field<T>): OptionalField<T> => ({ read, optional: true });
export const nullable = <T>({ read }: Field<T>): Field<T | null> => ({
  read: (value) => (value === null ? null : read(value)),
});
export const oneOf = <const T>(...allowed: readonly T[]): Field<T> =>
  field((value): value is T => (allowed as readonly unknown[]).includes(value));

export const number = field((value): value is number => typeof value === "number" && Number.isFinite(value));
export const count = field(isCount);
export const time = field(isTime);
export const flag = field((value): value is boolean => typeof value === "boolean");
export const text: Field<string> = {
  read: (value) => (typeof value === "string" ? shortened(value, LONGEST_TEXT) : REFUSED),
};
/** Items beyond `max` are removed and replaced by `end`. */
export const list = <T>({ read }: Field<T>, max: number, ...end: readonly T[]): Field<readonly T[]> => ({
  read(value) {
    if (!Array.isArray(value)) return REFUSED;
    const items: T[] = [];
    for (const item of value.slice(0, max) as unknown[]) {
      const one = read(item);
      if (one === REFUSED) return REFUSED;
      items.push(one);
    }
    return value.length > max ? [...items, ...end] : items;
  },
});
