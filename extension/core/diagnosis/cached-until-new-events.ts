import type { Lane } from "../model/state.ts";

export interface Cached<Part, Value> {
  (part: Part): Value;
  /** What was derived last, even if there are new events since then; undefined: nothing yet. */
  last(part: Part): Value | undefined;
  /** Whether there are no new events since it was derived. */
  isCurrent(part: Part): boolean;
}

/**
 * Remembers what is derived from a part of the model until its page has new events. A recording may have thousands of
 * interruptions of one connection, and each verdict would otherwise go through all of them.
 * @param laneOf the hub connection that the part belongs to
 */
export function cachedUntilNewEvents<Part extends object, Value>(
  laneOf: (part: Part) => Lane,
  derive: (part: Part) => Value,
): Cached<Part, Value> {
  const cache = new WeakMap<Part, { readonly applied: number; readonly value: Value }>();
  const cached = (part: Part): Value => {
    const { applied } = laneOf(part).page;
    const known = cache.get(part);
    if (known?.applied === applied) return known.value;
    const value = derive(part);
    cache.set(part, { applied, value });
    return value;
  };
  return Object.assign(cached, {
    last: (part: Part) => cache.get(part)?.value,
    isCurrent: (part: Part) => cache.get(part)?.applied === laneOf(part).page.applied,
  });
}
