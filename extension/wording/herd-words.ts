/** Words of the simulator. */
import type { HerdPolicy } from "../core/herd/herd-input.ts";
import type { Refusal } from "../core/herd/herd-result.ts";
import { counted, duration } from "../core/text/format.ts";
import type { Milliseconds } from "../core/units.ts";

export const REFUSAL_WORDS: Readonly<Record<Refusal, string>> = {
  token: "by the token service",
  restart: "server not back yet",
  negotiate: "negotiate limit (429)",
  capacity: "connection limit",
};

const LISTED = 6;

/** "0 ms, 2 s, 10 s, 30 s, then gives up". */
export function policyWords(policy: HerdPolicy): string {
  switch (policy.kind) {
    case "list": {
      const { delays, then } = policy;
      if (delays.length === 0) return "No automatic reconnect";
      const shown = delays.slice(0, LISTED).map((delay) => delayWords(delay, policy));
      const more = delays.length > LISTED ? ", …" : "";
      return `${shown.join(", ")}${more}, then ${then === "repeat" ? "repeated" : "gives up"}`;
    }
    case "fixed":
      return `${delayWords(policy.delay, policy)} before each attempt${attemptsWords(policy.attempts)}`;
    case "exponential":
      return `${delayWords(policy.base, policy)}, doubled up to ${duration(policy.cap)}${attemptsWords(policy.attempts)}`;
  }
}

const attemptsWords = (attempts: number | null): string =>
  attempts === null ? "" : `, gives up after ${counted(attempts, "attempt")}`;

function delayWords(delay: Milliseconds, { jitter }: HerdPolicy): string {
  const most = delay === 0 ? "0 s" : duration(delay);
  switch (jitter) {
    case "none":
      return most;
    case "full":
      return `0 to ${most}`;
    case "equal":
      return `${duration(delay / 2)} to ${most}`;
  }
}
