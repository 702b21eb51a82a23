/** Steps that many scenarios share. */
import type { ExpectStep, PauseStep, WaitStep } from "../scenario.ts";

export const untilLost: WaitStep = { do: "wait", for: "disconnected", limit: 5_000 };

export const untilSettled = (limit: number): WaitStep => ({ do: "wait", for: "settled", limit });

/** Time for the app's own calls after it is connected again. */
export const aMoment: PauseStep = { do: "pause", time: 3_500 };

export const recoveredWithin = (within: number): ExpectStep => ({ do: "expect", that: "recovered", within });
export const gapAtMost = (max: number): ExpectStep => ({ do: "expect", that: "visible-gap", most: max });

export const noCallLost: ExpectStep = { do: "expect", that: "no-call-lost" };
export const circuitKept: ExpectStep = { do: "expect", that: "circuit-kept" };

/** Expectations after every loss. */
export const whatAlwaysHolds: readonly ExpectStep[] = [
  { do: "expect", that: "joined-again", within: 3_000 },
  noCallLost,
  { do: "expect", that: "no-duplicate-connection" },
];
