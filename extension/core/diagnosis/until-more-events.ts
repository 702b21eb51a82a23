import type { Lane } from "../model/state.ts";

/**
 * Remembers what is derived from a hub connection until its page has new events: each of a thousand interruptions asks for the
 * same, and would otherwise go through all of them.
 */
export function untilMoreEvents<T>(derive: (lane: Lane) => T): (lane: Lane) => T {
  const remembered = new WeakMap<Lane, { readonly applied: number; readonly value: T }>();
  return (lane) => {
    const { applied } = lane.page;
    const known = remembered.get(lane);
    if (known?.applied === applied) return known.value;
    const value = derive(lane);
    remembered.set(lane, { applied, value });
    return value;
  };
}
