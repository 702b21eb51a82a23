import type { Lane } from "../model/state.ts";

/**
 * Remembers what is derived from a part of the model until its page has new events. A recording may have thousands of
 * interruptions of one connection, and each verdict would otherwise go through all of them.
 * @param laneOf the hub connection that the part belongs to
 */
export function cachedUntilNewEvents<Part extends object, Value>(
  laneOf: (part: Part) => Lane,
  derive: (part: Part) => Value,
): (part: Part) => Value {
  const cache = new WeakMap<Part, { readonly applied: number; readonly value: Value }>();
  return (part) => {
    const { applied } = laneOf(part).page;
    const known = cache.get(part);
    if (known?.applied === applied) return known.value;
    const value = derive(part);
    cache.set(part, { applied, value });
    return value;
  };
}
