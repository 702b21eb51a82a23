/** In the monitor's build in place of `core/faults/outlines.ts`: real users have no faults injected. */
export const FAULTS = {};
