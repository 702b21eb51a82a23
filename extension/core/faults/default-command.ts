import type { FaultDetails, FaultTarget } from "./fault-details.ts";
import type { Parameter } from "./parameter.ts";
import { FAULT_DETAILS, type FaultCommand, type FaultName } from "./registry.ts";

/** The initial value in a form; undefined: none, as the parameter is optional. */
function defaultValue(parameter: Parameter): unknown {
  return "default" in parameter && parameter.optional === undefined ? parameter.default : undefined;
}

/** A fault with its default values, without optional ones. */
export function defaultCommand(name: FaultName, target: FaultTarget): FaultCommand {
  const { parameters }: FaultDetails = FAULT_DETAILS[name];
  const values = Object.entries(parameters).flatMap(([key, parameter]) => {
    const value = defaultValue(parameter);
    return value === undefined ? [] : [[key, value] as const];
  });
  return { name, target, ...Object.fromEntries(values) } as unknown as FaultCommand;
}
