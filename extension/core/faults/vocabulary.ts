/**
 * The vocabulary of faults: what Hubscope can do to a page on purpose. It brings with it all that the faults say of themselves;
 * what the panel needs in order to open takes FAULTS from outlines.ts, which brings nothing.
 */
export { LONGEST_DELAY, LONGEST_FAULT } from "./limits.ts";
export { FAULTS } from "./outlines.ts";
export { parseFaultCommand } from "./parse.ts";
export { FAULT_DETAILS } from "./registry.ts";
export { defaultCommand } from "./default-command.ts";
export type { FaultTarget } from "./fault-details.ts";
export type { FaultCommand, FaultName } from "./registry.ts";
