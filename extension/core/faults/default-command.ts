import type { FaultKind, FaultTarget } from "./fault-kind.ts";
import type { Parameter } from "./parameter.ts";
import { FAULT_KINDS, type FaultCommand, type FaultName } from "./registry.ts";

/** What a form begins with; undefined: nothing, as it may be left out. */
function usualValue(parameter: Parameter): unknown {
  return "usual" in parameter && parameter.optional === undefined ? parameter.usual : undefined;
}

/** A fault with the values of a first try; those that may be left out are. */
export function usualCommand(name: FaultName, target: FaultTarget): FaultCommand {
  const { parameters }: FaultKind = FAULT_KINDS[name];
  const values = Object.entries(parameters).flatMap(([key, parameter]) => {
    const value = usualValue(parameter);
    return value === undefined ? [] : [[key, value] as const];
  });
  return { name, target, ...Object.fromEntries(values) } as unknown as FaultCommand;
}
