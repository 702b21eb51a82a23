import type { Milliseconds } from "../units.ts";

/** Maximum duration of a fault. */
export const LONGEST_FAULT: Milliseconds = 10 * 60_000;

/** Maximum delay of one message or request. */
export const LONGEST_DELAY: Milliseconds = 60_000;

/** Longest address of a hub, and longest method name. */
export const LONGEST_ADDRESS = 2_000;

/** Seeds of the generator are 32 bits. */
export const LARGEST_SEED = 0xffff_ffff;
