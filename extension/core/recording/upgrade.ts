/** Upgrades events of older recordings to the current version, one step per version. */
import { RECORDING_VERSION } from "../events/events.ts";

type Step = (event: unknown) => unknown;

/**
 * `STEPS[n]` upgrades an event, unchecked, from version n to n + 1. Version 1 is the first. A step must leave newer events as they
 * are: a file may name its version behind its events, and then all steps are taken.
 */
const STEPS: Readonly<Record<number, Step>> = {
  // Version 2 only has more kinds of events and more optional fields.
  1: (event) => event,
};

/** @param version of the file; null: not known yet */
export function upgradeEvent(event: unknown, version: number | null): unknown {
  let upgraded = event;
  for (let from = version ?? 1; from < RECORDING_VERSION; from++)
    upgraded = STEPS[from]?.(upgraded) ?? upgraded;
  return upgraded;
}
