/** All that happened to a circuit, for its list: also what is no evidence of anything, the navigations within the page. */
import { firstIndex } from "../first-index.ts";
import type { CircuitModel } from "../model/circuit-types.ts";
import type { HubConnectionModel } from "../model/types.ts";
import { LOCATION_CHANGED, UPDATE_ROOT_COMPONENTS } from "../protocol/blazor.ts";
import { INVOCATION } from "../protocol/terms.ts";
import type { EpochMilliseconds } from "../units.ts";
import { circuitSteps, type CircuitStep } from "./circuit-steps.ts";

interface Navigation {
  readonly t: EpochMilliseconds;
  /** Root components have changed after it, as with enhanced navigation: inferred. */
  isEnhanced: boolean;
}

/** The newest messages, among which navigations are looked for. */
const MOST_SEARCHED = 20_000;

/** Oldest first. */
export function circuitHistory(
  { messages }: Pick<HubConnectionModel, "messages">,
  circuit: CircuitModel,
): CircuitStep[] {
  const steps = circuitSteps(circuit);
  return [...steps, ...navigationSteps(navigationsIn(messages, circuit), steps)].sort((a, b) => a.t - b.t);
}

function navigationsIn(messages: HubConnectionModel["messages"], { calls }: CircuitModel): Navigation[] {
  const found: Navigation[] = [];
  for (let i = Math.max(0, messages.length - MOST_SEARCHED); i < messages.length; i++) {
    const { direction, type, target } = messages.headAt(i);
    if (direction !== "out" || type !== INVOCATION) continue;
    const t = messages.timeAt(i);
    if (target === LOCATION_CHANGED) found.push({ t, isEnhanced: false });
    else if (target === UPDATE_ROOT_COMPONENTS) {
      const last = found.at(-1);
      // A new circuit is told its components, too.
      if (last && !calls.some(({ sentAt }) => sentAt > last.t && sentAt <= t)) last.isEnhanced = true;
    }
  }
  return found;
}

/** One step for all navigations between two others: an app may have thousands. */
function navigationSteps(navigations: readonly Navigation[], others: readonly CircuitStep[]): CircuitStep[] {
  const groups = new Map<number, Navigation[]>();
  for (const one of navigations) {
    const before = firstIndex(others.length, (i) => (others[i]?.t ?? one.t) <= one.t);
    const group = groups.get(before);
    if (group) group.push(one);
    else groups.set(before, [one]);
  }
  return [...groups.values()].map((group) => ({
    t: group.reduce((first, { t }) => Math.min(first, t), Infinity),
    knowledge: "wire",
    text: navigated(group),
    isBad: false,
  }));
}

function navigated(group: readonly Navigation[]): string {
  const enhanced = group.filter(({ isEnhanced }) => isEnhanced).length;
  if (group.length === 1)
    return enhanced === 1
      ? `Enhanced navigation (${LOCATION_CHANGED}, ${UPDATE_ROOT_COMPONENTS})`
      : `Navigation within the circuit (${LOCATION_CHANGED})`;
  const also = enhanced === 0 ? "" : `, ${enhanced} of them enhanced navigation`;
  return `${group.length} navigations within the circuit (${LOCATION_CHANGED})${also}`;
}
