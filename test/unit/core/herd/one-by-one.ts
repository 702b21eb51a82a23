/** The same simulation, written without any regard to speed: an object for each client, one event after the other. */
import type { HerdInput, HerdPolicy } from "../../../../extension/core/herd/herd-input.ts";

interface Attempt {
  readonly at: number;
  readonly retries: number;
  readonly restarted: boolean;
}

/** Times at which clients were connected, ascending. Clients are lost at once; there is no token service. */
export function connectedOneByOne(input: HerdInput, random: () => number): number[] {
  const { policy, restartAfter, restartTime, negotiates, connectTime, refusalTime, horizon } = input;
  const pending: Attempt[] = [];
  const add = (attempt: Attempt): void => {
    let from = 0;
    let to = pending.length;
    while (from < to) {
      const middle = (from + to) >> 1;
      if (pending[middle]!.at > attempt.at) from = middle + 1;
      else to = middle;
    }
    pending.splice(from, 0, attempt);
  };
  const after = (time: number, retries: number, restarted: boolean): void => {
    const delay = restarted ? null : nextDelay(policy, retries);
    if (delay !== null) add({ at: time + jittered(delay, policy.jitter, random()), retries, restarted });
    else if (restartAfter !== null) add({ at: time + restartAfter, retries, restarted: true });
  };
  for (let client = 0; client < input.clients; client++) after(0, 0, false);
  const connected: number[] = [];
  let tokens = negotiates?.burst ?? Infinity;
  let filledAt = 0;
  for (let attempt = pending.pop(); attempt && attempt.at < horizon; attempt = pending.pop()) {
    const { at, retries, restarted } = attempt;
    if (negotiates)
      tokens = Math.min(negotiates.burst, tokens + ((at - filledAt) * negotiates.perSecond) / 1_000);
    filledAt = at;
    if (at >= restartTime && tokens >= 1 && connected.length < (input.capacity ?? Infinity)) {
      tokens--;
      connected.push(at + connectTime.from + random() * (connectTime.to - connectTime.from));
    } else after(at + refusalTime, retries + 1, restarted);
  }
  return connected.sort((a, b) => a - b);
}

function nextDelay(policy: HerdPolicy, retries: number): number | null {
  switch (policy.kind) {
    case "list":
      return policy.delays[retries] ?? (policy.then === "repeat" ? policy.delays.at(-1)! : null);
    case "fixed":
      return policy.attempts !== null && retries >= policy.attempts ? null : policy.delay;
    case "exponential":
      return policy.attempts !== null && retries >= policy.attempts
        ? null
        : Math.min(policy.cap, policy.base * 2 ** retries);
  }
}

const jittered = (delay: number, jitter: HerdPolicy["jitter"], random: number): number =>
  jitter === "none" ? delay : jitter === "full" ? random * delay : delay / 2 + (random * delay) / 2;
