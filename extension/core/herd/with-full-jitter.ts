import type { Milliseconds } from "../units.ts";
import type { HerdPolicy } from "./herd-input.ts";

/** For a policy that has only delays of 0. */
const ANY: Milliseconds = 1_000;

/**
 * The same policy with full jitter. A delay of 0 has nothing that could be jittered: it gets the next delay instead, as otherwise
 * all clients would still make their first attempt at once.
 */
export function withFullJitter(policy: HerdPolicy): HerdPolicy {
  switch (policy.kind) {
    case "list":
      return {
        ...policy,
        delays: policy.delays.map((delay, at) => delay || after(policy.delays, at)),
        jitter: "full",
      };
    case "fixed":
      return { ...policy, delay: policy.delay || ANY, jitter: "full" };
    case "exponential":
      return { ...policy, jitter: "full" };
  }
}

const after = (delays: readonly Milliseconds[], at: number): Milliseconds =>
  delays.slice(at).find((delay) => delay > 0) ?? delays.findLast((delay) => delay > 0) ?? ANY;
