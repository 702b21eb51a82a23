import type { FaultScope, FaultTarget } from "../faults/fault-details.ts";
import { FAULT_DETAILS } from "../faults/vocabulary.ts";
import type { ScenarioFault } from "./scenario.ts";

/** A fault's own target, or else the run's; the page if the fault supports nothing smaller. */
export function targetFor(fault: ScenarioFault, target: FaultTarget): FaultTarget {
  if (fault.target) return fault.target;
  const scopes: readonly FaultScope[] = FAULT_DETAILS[fault.name].scopes;
  return scopes.includes(target.scope) ? target : { scope: "page" };
}
