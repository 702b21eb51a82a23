import type { HubHistory, Look } from "./finding.ts";

/**
 * Remembers what a finding derives from the whole recording. It is asked once for each hub, and a recording may have thousands of
 * hubs: without this the time would grow with their square.
 */
export function oncePerLook<T>(derive: (look: Look) => T): (history: Pick<HubHistory, "look">) => T {
  const known = new WeakMap<Look, { readonly value: T }>();
  return ({ look }) => {
    const one = known.get(look) ?? { value: derive(look) };
    known.set(look, one);
    return one.value;
  };
}
