/** All runs. */
import type { FindingRun } from "../finding-run.ts";
import { HEALTHY } from "./healthy.ts";
import { MAINTENANCE } from "./maintenance.ts";
import { RETRY } from "./retry.ts";
import { SECURITY } from "./security.ts";
import { STATE } from "./state.ts";
import { TIMING } from "./timing.ts";
import { TRANSPORT } from "./transport.ts";
import { WEIGHT } from "./weight.ts";
import { WORK } from "./work.ts";

export const RUNS: readonly FindingRun[] = [
  ...RETRY,
  ...WEIGHT,
  ...WORK,
  ...STATE,
  ...TIMING,
  ...TRANSPORT,
  ...SECURITY,
  ...MAINTENANCE,
  ...HEALTHY,
];
