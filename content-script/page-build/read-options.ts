/** Checks the arguments that a test passes. Throws an error that says what is wrong, before anything is done. */
import { checkTarget } from "../../extension/core/faults/check-target.ts";
import { isProblems } from "../../extension/core/faults/parse.ts";
import { quote, sentence, type Problem } from "../../extension/core/faults/problem.ts";
import { parseFaultCommand, type FaultCommand } from "../../extension/core/faults/vocabulary.ts";
import { readDoctorOrder } from "../../extension/core/doctor/order.ts";
import type { DoctorOrder } from "../../extension/core/events/doctor-events.ts";
import type { RecordingModel } from "../../extension/core/model/types.ts";
import { isObject } from "../../extension/core/is-object.ts";
import { BUILT_IN_SCENARIOS } from "../../extension/core/scenarios/built-ins.ts";
import { parseScenario } from "../../extension/core/scenarios/parse.ts";
import type { RunOptions } from "../../extension/core/scenarios/run.ts";
import type { Scenario } from "../../extension/core/scenarios/scenario.ts";
import type { Milliseconds } from "../../extension/core/units.ts";

const PATIENCE: Milliseconds = 30_000;
const LONGEST_PATIENCE: Milliseconds = 600_000;

export function readFaultToInject(value: unknown): FaultCommand {
  const command = parseFaultCommand(isObject(value) ? { target: { scope: "page" }, ...value } : value);
  if (typeof command === "string") throw new Error(`inject: ${command}.`);
  return command;
}

export function readFaultToEnd(value: unknown): number | "all" {
  if (value === undefined) return "all";
  if (typeof value === "number" && Number.isSafeInteger(value) && value > 0) return value;
  throw new Error(`end: takes the number of a fault, or nothing to end them all, not ${quote(value)}.`);
}

export function readScenario(value: unknown): Scenario {
  const given = typeof value === "string" && value.trimStart().startsWith("{") ? readJson(value) : value;
  if (typeof given === "string") {
    const found = BUILT_IN_SCENARIOS.find(({ name }) => name === given);
    if (found) return found;
    const names = BUILT_IN_SCENARIOS.map(({ name }) => name).join(", ");
    throw new Error(`run: there is no scenario ${quote(given)}. There are ${names}.`);
  }
  const scenario = parseScenario(given);
  if ("length" in scenario) throw new Error(`run: ${listed(scenario)}.`);
  return scenario;
}

export function readRunOptions(value: unknown): Pick<RunOptions, "target" | "speed"> {
  const { quick = false, hub } = fields(value, "run", ["quick", "hub"]);
  if (typeof quick !== "boolean") throw new Error(`run: quick is true or false, not ${quote(quick)}.`);
  const speed = quick ? "quick" : "real";
  if (hub === undefined) return { speed, target: { scope: "page" } };
  const target = checkTarget({ scope: "hub", url: hub }, ["hub"]);
  if (isProblems(target)) throw new Error(`run: hub ${target.map(({ say }) => say).join("; ")}.`);
  return { speed, target: { scope: "hub", url: hub as string } };
}

/** The page's first hub when none is named. */
export function readDoctorOptions(value: unknown, { hubs }: Pick<RecordingModel, "hubs">): DoctorOrder {
  const { hub = hubs[0]?.url, stay = 0, calls = true } = fields(value, "doctor", ["hub", "stay", "calls"]);
  if (hub === undefined) throw new Error("doctor: this page has used no hub yet. Name one: { hub: url }.");
  const order = readDoctorOrder({ url: hub, stay, calls });
  if (order) return order;
  throw new Error(
    "doctor: hub is an address, stay a number of milliseconds up to an hour, calls true or false.",
  );
}

export function readPatience(value: unknown): Milliseconds {
  const { within = PATIENCE } = fields(value, "connected", ["within"]);
  if (typeof within === "number" && within > 0 && within <= LONGEST_PATIENCE) return within;
  throw new Error(`connected: within is a number of milliseconds above 0 and at most ${LONGEST_PATIENCE}.`);
}

/** Unknown options are errors: a misspelt one would be ignored, and the test would test something else. */
function fields(value: unknown, method: string, known: readonly string[]): Record<string, unknown> {
  if (value === undefined) return {};
  if (!isObject(value)) throw new Error(`${method}: the options are an object, not ${quote(value)}.`);
  const unknown = Object.keys(value).find((key) => !known.includes(key));
  if (unknown !== undefined)
    throw new Error(`${method}: there is no option ${quote(unknown)}, only ${known.join(" and ")}.`);
  return value;
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new Error(`run: the scenario is not JSON: ${why}`, { cause: error });
  }
}

const MAX_NOTICES = 5;
const listed = (problems: readonly Problem[]): string =>
  [
    ...problems.slice(0, MAX_NOTICES).map(sentence),
    ...(problems.length > MAX_NOTICES ? [`and ${problems.length - MAX_NOTICES} more`] : []),
  ].join("; ");
