/** Checks a fault command from the panel or a scenario file. The result has only known fields with valid values. */
import { isObject } from "../is-object.ts";
import { checkParameter, WITHOUT_REASON } from "./check-parameter.ts";
import { checkTarget } from "./check-target.ts";
import type { FaultDetails, FaultTarget } from "./fault-details.ts";
import { quote, sentence, type Problem } from "./problem.ts";
import { FAULT_DETAILS, type FaultCommand, type FaultName } from "./registry.ts";

/** @returns the command, or a sentence that names what is wrong with it */
export function parseFaultCommand(value: unknown): FaultCommand | string {
  const read = readFault(value);
  return isProblems(read) ? sentence(read[0] ?? { at: "", say: "not a fault" }) : read;
}

/** @returns the command, or everything that is wrong with it */
export function readFault(value: unknown): FaultCommand | readonly Problem[] {
  if (!isObject(value)) return [{ at: "", say: "a fault is an object" }];
  const { name, target, ...rest } = value;
  if (typeof name !== "string" || !Object.hasOwn(FAULT_DETAILS, name))
    return [{ at: "", say: `unknown fault ${quote(name)}` }];
  const fault = name as FaultName;
  const kind: FaultDetails = FAULT_DETAILS[fault];
  const where = checkTarget(target, kind.scopes);
  const values = readValues(fault, kind, rest);
  const problems = [...(isProblems(where) ? where : []), ...values.problems];
  if (problems.length > 0 || isProblems(where)) return problems;
  return commandOf(fault, where, values.found);
}

export const isProblems = (value: object): value is readonly Problem[] => Array.isArray(value);

/** The tables have checked all fields, so this is a command. */
const commandOf = (
  name: FaultName,
  target: FaultTarget,
  values: Readonly<Record<string, unknown>>,
): FaultCommand => ({ name, target, ...values }) as unknown as FaultCommand;

function readValues(
  name: FaultName,
  kind: FaultDetails,
  given: Readonly<Record<string, unknown>>,
): { found: Record<string, unknown>; problems: Problem[] } {
  const problems: Problem[] = Object.keys(given)
    .filter((key) => given[key] !== undefined && !Object.hasOwn(kind.parameters, key))
    .map((key) => ({ at: "", say: `${name} has no parameter ${quote(key)}` }));
  const found: Record<string, unknown> = {};
  for (const [key, parameter] of Object.entries(kind.parameters)) {
    const value = Object.hasOwn(given, key) ? given[key] : undefined;
    if (value === undefined && parameter.optional !== undefined) continue;
    const say = checkParameter(parameter, value);
    if (say === null) found[key] = Array.isArray(value) ? [...(value as unknown[])] : value;
    else problems.push({ at: key, say });
  }
  if (name === "close-code" && WITHOUT_REASON.includes(found["code"] as number) && found["reason"])
    problems.push({
      at: "reason",
      say: `can't be combined with code ${String(found["code"])}, which is never sent`,
    });
  return { found, problems };
}
