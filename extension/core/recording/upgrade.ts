/** Brings recordings of older versions to the present one, one step a version. */
import { RECORDING_VERSION } from "../events/events.ts";

type RawRecording = Record<string, unknown>;

/** `STEPS[n]` makes version n + 1 from version n. Version 1 is the first. */
const STEPS: Readonly<Record<number, (file: RawRecording) => RawRecording>> = {
  // Version 2 has more kinds of events, and more fields that an event may lack.
  1: (file) => ({ ...file, version: 2 }),
};

export function upgradeRecording(file: RawRecording, version: number): RawRecording {
  let upgraded = file;
  for (let from = version; from < RECORDING_VERSION; from++) upgraded = STEPS[from]?.(upgraded) ?? upgraded;
  return upgraded;
}
