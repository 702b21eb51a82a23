import { isObject } from "../is-object.ts";
import type { FaultScope, FaultTarget } from "./fault-details.ts";
import { LARGEST_SEED, LONGEST_ADDRESS } from "./limits.ts";
import { grouped, quote, type Problem } from "./problem.ts";

const FORMS: Readonly<Record<FaultScope, string>> = {
  page: '{ scope: "page" }',
  connection: '{ scope: "connection", socket: its number }',
  hub: '{ scope: "hub", url: its address }',
  share: '{ scope: "share", percent: above 0, seed: a number }',
};
const FIELDS: Readonly<Record<FaultScope, readonly string[]>> = {
  page: [],
  connection: ["socket"],
  hub: ["url"],
  share: ["percent", "seed"],
};

/** @returns the target, or what is wrong with it; `at` begins with "target" */
export function checkTarget(value: unknown, scopes: readonly FaultScope[]): FaultTarget | readonly Problem[] {
  const forms = scopes.map((scope) => FORMS[scope]).join(" or ");
  if (!isObject(value)) return [{ at: "target", say: `is ${forms}` }];
  const { scope, socket, url, percent, seed } = value;
  if (scopes.length === 1 && scopes[0] === "page" && scope !== "page")
    return [{ at: "target", say: `is ${forms}: this fault always affects the whole page` }];
  if (typeof scope !== "string" || !(scopes as readonly string[]).includes(scope))
    return [{ at: "target.scope", say: `can't be ${quote(scope)} here: the target is ${forms}` }];
  const fields = FIELDS[scope as FaultScope];
  const problems: Problem[] = Object.entries(value)
    .filter(([key, given]) => key !== "scope" && given !== undefined && !fields.includes(key))
    .map(([key]) => ({ at: "target", say: `has no ${quote(key)} with scope ${quote(scope)}` }));
  const found = ((): FaultTarget | null => {
    switch (scope as FaultScope) {
      case "page":
        return { scope: "page" };
      case "connection":
        if (Number.isSafeInteger(socket) && (socket as number) > 0)
          return { scope: "connection", socket: socket as number };
        problems.push({ at: "target.socket", say: "is the number of a socket, counted from 1" });
        return null;
      case "hub":
        if (isHubAddress(url)) return { scope: "hub", url };
        problems.push({
          at: "target.url",
          say: `is the http or https address of a hub, without a query, of at most ${grouped(LONGEST_ADDRESS)} characters`,
        });
        return null;
      case "share": {
        const partial = typeof percent === "number" && percent > 0 && percent <= 100;
        const seeded =
          Number.isSafeInteger(seed) && (seed as number) >= 0 && (seed as number) <= LARGEST_SEED;
        if (!partial) problems.push({ at: "target.percent", say: "is a number above 0 and at most 100" });
        if (!seeded)
          problems.push({ at: "target.seed", say: `is a whole number from 0 to ${grouped(LARGEST_SEED)}` });
        return partial && seeded ? { scope: "share", percent, seed: seed as number } : null;
      }
    }
  })();
  return found && problems.length === 0 ? found : problems;
}

function isHubAddress(value: unknown): value is string {
  return (
    typeof value === "string" &&
    value.length <= LONGEST_ADDRESS &&
    !/[?#\s]/.test(value) &&
    /^https?:\/\/[^/@]+(\/.*)?$/i.test(value) &&
    URL.canParse(value)
  );
}
