/** Checks a scenario that a person wrote. All problems are reported together, each with its place. */
import { checkParameter } from "../faults/check-parameter.ts";
import type { FaultDetails, FaultScope } from "../faults/fault-details.ts";
import type { ParameterTable } from "../faults/parameter.ts";
import { isProblems, readFault } from "../faults/parse.ts";
import { grouped, quote, type Problem } from "../faults/problem.ts";
import { FAULT_DETAILS, LONGEST_FAULT, type FaultName } from "../faults/vocabulary.ts";
import { isObject } from "../is-object.ts";
import { EXPECTATIONS } from "./expectations.ts";
import { CONDITIONS, LONGEST_RUN, MAX_STEPS, NEEDS, type Scenario } from "./scenario.ts";

type Raw = Readonly<Record<string, unknown>>;
type Report = (at: string, say: string) => void;

const FIELDS = ["$schema", "scenario", "name", "title", "say", "differs", "needs", "steps"];
/** Limits the problems that are reported. */
const MAX_PROBLEMS = 50;

export function parseScenario(value: unknown): Scenario | readonly Problem[] {
  const problems: Problem[] = [];
  const report: Report = (at, say) => {
    if (problems.length < MAX_PROBLEMS) problems.push({ at, say });
  };
  if (!isObject(value)) return [{ at: "", say: "a scenario is an object" }];
  onlyThese(value, FIELDS, "", report);
  if (value["$schema"] !== undefined) text(value["$schema"], "$schema", 2_000, report);
  if (value["scenario"] !== 1) report("scenario", "is 1, the version of the format");
  if (
    typeof value["name"] !== "string" ||
    !/^[a-z0-9]+(-[a-z0-9]+)*$/.test(value["name"]) ||
    value["name"].length > 60
  )
    report("name", "is lower case letters, digits and hyphens, at most 60 characters");
  text(value["title"], "title", 80, report);
  text(value["say"], "say", 400, report);
  list(value["differs"], "differs", 20, report, (one, at) => text(one, at, 400, report));
  list(value["needs"], "needs", NEEDS.length, report, (one, at) => {
    if (!(NEEDS as readonly unknown[]).includes(one)) report(at, `is one of ${NEEDS.join(", ")}`);
  });
  if (!Array.isArray(value["steps"]) || value["steps"].length === 0 || value["steps"].length > MAX_STEPS)
    report("steps", `is a list of 1 to ${MAX_STEPS} steps`);
  else readSteps(value["steps"], report);
  if (problems.length > 0) return problems;
  const { $schema: _schema, ...scenario } = structuredCopy(value) as Raw;
  // All fields were checked, and there are no others.
  return scenario as unknown as Scenario;
}

function readSteps(steps: readonly unknown[], report: Report): void {
  const names = new Set<string>();
  let longest = 0;
  for (const [i, step] of steps.entries()) {
    const at = `steps[${i}]`;
    if (!isObject(step)) report(at, "is an object");
    else longest += readStep(step, at, names, report);
  }
  if (longest > LONGEST_RUN)
    report("steps", `may take ${grouped(longest)} ms; a scenario takes at most ${grouped(LONGEST_RUN)}`);
  if (!steps.some((step) => isObject(step) && step["do"] === "expect"))
    report("steps", "need an expectation, or there is no verdict");
}

/** @returns the longest time that it may take */
function readStep(step: Raw, at: string, names: Set<string>, report: Report): number {
  switch (step["do"]) {
    case "inject":
      onlyThese(step, ["do", "fault", "as", "quick"], at, report);
      readInjected(step, at, report);
      if (step["as"] === undefined) return 0;
      text(step["as"], `${at}.as`, 60, report);
      if (typeof step["as"] === "string") names.add(step["as"]);
      return 0;
    case "end":
      onlyThese(step, ["do", "fault"], at, report);
      if (step["fault"] !== undefined && !(typeof step["fault"] === "string" && names.has(step["fault"])))
        report(`${at}.fault`, `names no fault that an earlier step injects as ${quote(step["fault"])}`);
      return 0;
    case "wait":
      onlyThese(step, ["do", "for", "count", "limit"], at, report);
      if (!(CONDITIONS as readonly unknown[]).includes(step["for"]))
        report(`${at}.for`, `is one of ${CONDITIONS.join(", ")}`);
      if (step["for"] === "attempts" ? !isCount(step["count"]) : step["count"] !== undefined)
        report(`${at}.count`, "is a whole number from 1 to 1,000, and only with attempts");
      return time(step["limit"], `${at}.limit`, report);
    case "pause":
      onlyThese(step, ["do", "time", "quick"], at, report);
      if (step["quick"] !== undefined) time(step["quick"], `${at}.quick`, report);
      return time(step["time"], `${at}.time`, report);
    case "expect":
      readExpected(step, at, report);
      return 0;
    default:
      report(`${at}.do`, 'is "inject", "end", "wait", "pause" or "expect"');
      return 0;
  }
}

function readInjected(step: Raw, at: string, report: Report): void {
  const { fault, quick } = step;
  if (!isObject(fault)) {
    report(`${at}.fault`, "is an object with the name of a fault");
    return;
  }
  const { name, target } = fault;
  if (typeof name !== "string" || !Object.hasOwn(FAULT_DETAILS, name)) {
    report(`${at}.fault.name`, `is not a fault: ${quote(name)}`);
    return;
  }
  const kind: FaultDetails = FAULT_DETAILS[name as FaultName];
  const scope = isObject(target) ? target["scope"] : undefined;
  if (scope === "connection") {
    const scopes = kind.scopes.filter((one: FaultScope) => one !== "connection");
    report(
      `${at}.fault.target.scope`,
      `is ${scopes.map((one) => JSON.stringify(one)).join(" or ")}: scenarios do not target sockets`,
    );
    return;
  }
  const whole = { ...fault, target: target ?? { scope: "page" } };
  const found = readFault(whole);
  if (isProblems(found)) {
    for (const problem of found)
      report(problem.at === "" ? `${at}.fault` : `${at}.fault.${problem.at}`, problem.say);
    return;
  }
  if (quick === undefined) return;
  if (!isObject(quick)) report(`${at}.quick`, "is an object with parameters of the fault");
  else
    for (const [key, value] of Object.entries(quick)) {
      const parameter = Object.hasOwn(kind.parameters, key) ? kind.parameters[key] : undefined;
      if (parameter?.kind !== "duration" && parameter?.kind !== "delay")
        report(`${at}.quick`, `has ${quote(key)}, which is not a duration of ${name}`);
      else {
        const say = checkParameter(parameter, value);
        if (say !== null) report(`${at}.quick.${key}`, say);
      }
    }
}

function readExpected(step: Raw, at: string, report: Report): void {
  const { that } = step;
  if (typeof that !== "string" || !Object.hasOwn(EXPECTATIONS, that)) {
    report(`${at}.that`, `is one of ${Object.keys(EXPECTATIONS).join(", ")}`);
    return;
  }
  const table: ParameterTable = EXPECTATIONS[that as keyof typeof EXPECTATIONS].parameters;
  onlyThese(step, ["do", "that", ...Object.keys(table)], at, report);
  for (const [key, parameter] of Object.entries(table)) {
    if (step[key] === undefined && parameter.optional !== undefined) continue;
    const say = checkParameter(parameter, step[key]);
    if (say !== null) report(`${at}.${key}`, say);
  }
}

const isCount = (value: unknown): boolean =>
  Number.isSafeInteger(value) && (value as number) >= 1 && (value as number) <= 1_000;

function onlyThese(value: Raw, fields: readonly string[], at: string, report: Report): void {
  for (const key of Object.keys(value))
    if (value[key] !== undefined && !fields.includes(key))
      report(at, at === "" ? `a scenario has no ${quote(key)}` : `has no ${quote(key)}`);
}

function text(value: unknown, at: string, max: number, report: Report): void {
  if (typeof value !== "string" || value.trim() === "" || value.length > max)
    report(at, `is a text of 1 to ${max} characters`);
}

function list(
  value: unknown,
  at: string,
  max: number,
  report: Report,
  each: (one: unknown, at: string) => void,
): void {
  if (value === undefined) return;
  if (!Array.isArray(value) || value.length > max) report(at, `is a list of at most ${max}`);
  else for (const [i, one] of value.entries()) each(one, `${at}[${i}]`);
}

function time(value: unknown, at: string, report: Report): number {
  if (typeof value === "number" && value > 0 && value <= LONGEST_FAULT) return value;
  report(at, `is a number of milliseconds above 0 and at most ${grouped(LONGEST_FAULT)}`);
  return 0;
}

/** A copy, with only what JSON can represent. */
const structuredCopy = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
