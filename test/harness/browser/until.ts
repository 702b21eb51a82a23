import { setTimeout as sleep } from "node:timers/promises";
import type { Truthy } from "./types.ts";

/** How long tests wait for anything in a browser. */
export const patienceMs = 30_000;
const pollEveryMs = 50;

/**
 * Polls until `probe` returns something truthy. If it throws, it is called again, as documents may be replaced meanwhile; what it
 * threw or returned last is part of the error message.
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
