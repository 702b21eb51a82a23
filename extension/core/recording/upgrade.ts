/** Upgrades recordings of older versions to the current one, one step per version. */
import { RECORDING_VERSION } from "../events/events.ts";

type RawRecording = Record<string, unknown>;

/** `STEPS[n]` upgrades from version n to n + 1. Version 1 is the first. */
const STEPS: Readonly<Record<number, (file: RawRecording) => RawRecording>> = {
  // Version 2 only has more kinds of events and more optional fields.
  1: (file) => ({ ...file, version: 2 }),
};

export function upgradeRecording(file: RawRecording, version: number): RawRecording {
  let upgraded = file;
  for (let from = version; from < RECORDING_VERSION; from++) upgraded = STEPS[from]?.(upgraded) ?? upgraded;
  return upgraded;
}
