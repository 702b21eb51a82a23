/** What the user wants of `hubscope record`. */
import { BUILT_IN_SCENARIOS } from "../../core/scenarios/built-ins.ts";
import type { Milliseconds } from "../../core/units.ts";
import { usageError } from "../exit.ts";

const UNITS: Readonly<Record<string, Milliseconds>> = { "": 1_000, s: 1_000, m: 60_000, h: 3_600_000 };
const LONGEST: Milliseconds = 24 * 3_600_000;

/** "90s", "5m", "1.5h"; a number alone is seconds. */
export function readTime(text: string): Milliseconds {
  const [, number, unit = ""] = /^(\d+(?:\.\d+)?)\s*([smh]?)$/.exec(text.trim()) ?? [];
  const time = Number(number) * (UNITS[unit] ?? NaN);
  if (time > 0 && time <= LONGEST) return time;
  throw usageError(`--for is a time such as 90s or 5m, at most a day, not "${text}".`);
}

export function readAddress(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url?.protocol === "http:" || url?.protocol === "https:") return url;
  throw usageError(`"${text}" is no address of a page: it begins with http:// or https://.`);
}

export function readScenarios(text: string | undefined): readonly string[] {
  const names = (text ?? "").split(",").flatMap((one) => one.trim() || []);
  const known = BUILT_IN_SCENARIOS.map(({ name }) => name);
  for (const name of names)
    if (!known.includes(name))
      throw usageError(`there is no scenario "${name}". There are ${known.join(", ")}.`);
  if (text !== undefined && names.length === 0) throw usageError("--scenario is empty: name a scenario.");
  return names;
}
