/** Runs the checks of one clause, in a page or a worker. */
import { describeError, type Check, type Checks, type Place } from "../check.ts";

const PATIENCE = 8_000;

async function resultOf(check: Check, place: Place): Promise<unknown> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise((resolve) => {
    timer = globalThis.setTimeout(() => {
      resolve("timed out");
    }, PATIENCE);
  });
  try {
    return await Promise.race([check(place), late]);
  } catch (error) {
    return { failed: describeError(error) };
  } finally {
    globalThis.clearTimeout(timer);
  }
}

/** @returns the results as JSON. @param atOnce how many checks run at the same time */
export async function runChecks(checks: Checks, place: Place, atOnce = 1): Promise<string> {
  const results: Record<string, unknown> = {};
  const waiting = Object.entries(checks);
  const work = async (): Promise<void> => {
    for (let next = waiting.shift(); next; next = waiting.shift()) {
      const [name, check] = next;
      results[name] = await resultOf(check, place);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return JSON.stringify(results, (_key, value: unknown) => (value === undefined ? "undefined" : value));
}
