const { create, keys } = Object;

/** Those of the fields that hold something: an optional field that is absent says more than one that is undefined. */
export function omitUndefined<T extends object>(fields: T): { [K in keyof T]?: Exclude<T[K], undefined> } {
  // Without a prototype: a page may have put anything on that.
  const found = create(null) as { [K in keyof T]?: Exclude<T[K], undefined> };
  for (const name of keys(fields) as (keyof T)[])
    if (fields[name] !== undefined) found[name] = fields[name] as Exclude<T[keyof T], undefined>;
  return found;
}
