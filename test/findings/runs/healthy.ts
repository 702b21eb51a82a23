/** Apps that follow the advice, in as many kinds as possible: none may have a finding. */
import type { HealthyRun } from "../finding-run.ts";
import { BLAZOR } from "./healthy/blazor.ts";
import { LOSSES } from "./healthy/losses.ts";
import { PLACES } from "./healthy/places.ts";
import { TRAFFIC } from "./healthy/traffic.ts";

export const HEALTHY: readonly HealthyRun[] = [...TRAFFIC, ...PLACES, ...LOSSES, ...BLAZOR];
