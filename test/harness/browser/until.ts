import { setTimeout as sleep } from "node:timers/promises";
import type { Truthy } from "./types.ts";

/** How long anything in a browser may take before it counts as never happening. */
export const patienceMs = 30_000;
const pollEveryMs = 50;

/**
 * Polls until `probe` gives something truthy. A probe that throws is asked again, since documents come and go; what it
 * threw or gave last is in the error.
 */
export async function until<T>(
  what: string,
  probe: () => T | Promise<T>,
  timeoutMs = patienceMs,
): Promise<Truthy<T>> {
  const deadline = Date.now() + timeoutMs;
  for (;;) {
    let last: unknown;
    try {
      const value = await probe();
      if (value) return value as Truthy<T>;
      last = value;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline) {
      const detail = last instanceof Error ? last.message : JSON.stringify(last);
      throw new Error(`waited ${String(timeoutMs / 1000)} s for ${what}; last: ${detail}`, { cause: last });
    }
    await sleep(pollEveryMs);
  }
}
