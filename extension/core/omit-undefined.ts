const { create, keys } = Object;

/** Only the fields that are not undefined: in JSON and in tests an absent field is clearer than an undefined one. */
export function omitUndefined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // Without a prototype, as a page may have changed Object.prototype.
  const found = create(null) as { [K in keyof T]?: Exclude<T[K], undefined> };
  for (const name of keys(fields) as (keyof T)[])
    if (fields[name] !== undefined) found[name] = fields[name] as Exclude<T[keyof T], undefined>;
  return found;
}
