/**
 * The exports of the fault rooms. Importing this loads the details of all faults; modules that the panel needs in order to open
 * import FAULTS from outlines.ts instead.
 */
export { LONGEST_DELAY, LONGEST_FAULT } from "./limits.ts";
export { FAULTS } from "./outlines.ts";
export { parseFaultCommand } from "./parse.ts";
export { FAULT_DETAILS } from "./registry.ts";
export { defaultCommand } from "./default-command.ts";
export type { FaultTarget } from "./fault-details.ts";
export type { FaultCommand, FaultName } from "./registry.ts";
