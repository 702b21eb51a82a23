import { setFlagsFromString } from "node:v8";

/**
 * By default V8 lets the heap grow to several times of what is in use before it collects garbage. A long recording is written with less:
 * this grows it by a fifth at a time, at the price of some processor time. It is no limit.
 */
export const useLittleMemory = (): void => setFlagsFromString("--heap-growing-percent=20");
