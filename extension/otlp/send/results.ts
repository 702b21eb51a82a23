/** Counts what became of payloads, and keeps what a user should know. */
import type { OtlpSignal } from "../types.ts";
import type { Payload, SendProblem, Sent, SentCounts } from "./payload.ts";

const MOST_PROBLEMS = 20;
/** Of the value of a header: what is shorter could be part of any text. */
const SHORTEST_SECRET = 4;

export interface Results {
  count(payload: Payload, counts: Partial<SentCounts>): void;
  say(problem: SendProblem): void;
  /** A copy. */
  sent(): Sent;
}

/** @param headers what is in their values is in no message: a collector may send it back */
export function createResults(headers: Readonly<Record<string, string>>): Results {
  const none = (): SentCounts => ({ accepted: 0, rejected: 0, dropped: 0 });
  const counts: Readonly<Record<OtlpSignal, SentCounts>> = { traces: none(), logs: none(), metrics: none() };
  const problems = new Map<string, SendProblem>();
  const secrets = Object.values(headers)
    .flatMap((value) => [value, ...value.split(/[\s,;=]+/)])
    .filter(({ length }) => length >= SHORTEST_SECRET);
  return {
    count({ signal }, { accepted = 0, rejected = 0, dropped = 0 }) {
      counts[signal].accepted += accepted;
      counts[signal].rejected += rejected;
      counts[signal].dropped += dropped;
    },
    say(problem) {
      const message = secrets.reduce((text, secret) => text.replaceAll(secret, "…"), problem.message);
      const key = `${problem.url} ${message}`;
      if (problems.size < MOST_PROBLEMS && !problems.has(key)) problems.set(key, { ...problem, message });
    },
    sent: () => ({
      traces: { ...counts.traces },
      logs: { ...counts.logs },
      metrics: { ...counts.metrics },
      problems: [...problems.values()],
    }),
  };
}
