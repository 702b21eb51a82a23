import { duration } from "../../../text/format.ts";
import type { AttemptModel } from "../../../model/types.ts";
import type { EpochMilliseconds, Milliseconds } from "../../../units.ts";
import { cantTell, DOCS, found, ok, type FindingKind, type Moment } from "../finding.ts";

/** Clocks and Retry-After count in whole seconds. */
const TOLERANCE = 1_000;

export const retryAfterIgnored: FindingKind = {
  group: "retry",
  subject: "Retry-After",
  title: "Retry-After is ignored",
  when: "an attempt was refused with Retry-After, and the next one came more than a second too early",
  why: "A server that answers 429 or 503 with Retry-After asks clients to wait. Clients that come back sooner keep it overloaded, and are refused again.",
  link: `${DOCS}azure/azure-signalr/signalr-howto-troubleshoot-guide`,
  scenario: "throttled-negotiate",
  check({ hubs, url }) {
    const asked = hubs.flatMap((hub) =>
      hub.attempts.flatMap((attempt, i) => {
        const wait = askedWait(attempt);
        const next = hub.attempts.slice(i + 1).find(({ startedAt }) => startedAt !== null)?.startedAt;
        return wait === null || next === undefined || next === null || attempt.endedAt === null
          ? []
          : [{ hub, wait, waited: next - attempt.endedAt, t: next }];
      }),
    );
    if (asked.length === 0)
      return cantTell("No refused attempt had a Retry-After, with a further attempt after it.");
    const early = asked.filter(({ wait, waited }) => waited < wait - TOLERANCE);
    if (early.length === 0) return ok("Every attempt after a Retry-After waited as long as was asked.");
    const worst = early.reduce((a, b) => (b.wait - b.waited > a.wait - a.waited ? b : a));
    return found(
      "medium",
      `The server asked to wait ${duration(worst.wait)}; the next attempt came after ${duration(worst.waited)}.`,
      {
        measured: [
          { label: "Attempts that came too early", value: early.length, unit: "count" },
          { label: "Asked to wait", value: worst.wait, unit: "ms" },
          { label: "Waited", value: worst.waited, unit: "ms" },
        ],
        moments: early.map(({ hub, t, wait, waited }): Moment => ({
          t,
          hubKey: hub.key,
          text: `Attempt after ${duration(waited)} in place of ${duration(wait)}`,
        })),
        changes: [
          {
            where: "client",
            text: "The client doesn't read Retry-After itself. Let the policy, and a start() loop of your own, wait longer after a 429 or 503: the status is only in the text of retryContext.retryReason.",
            snippet: { language: "ts", code: codeFor(url, worst.wait) },
          },
        ],
      },
    );
  },
};

function askedWait({ outcome, endedAt }: AttemptModel): Milliseconds | null {
  const text =
    outcome.kind === "negotiate-failed" || outcome.kind === "socket-failed" ? outcome.retryAfter : null;
  return text === null || text === undefined || endedAt === null ? null : readRetryAfter(text, endedAt);
}

/** Seconds, or a date (RFC 9110, 10.2.3). null: neither, or nothing to wait for. */
function readRetryAfter(text: string, at: EpochMilliseconds): Milliseconds | null {
  const wait = /^\d+$/.test(text) ? Number(text) * 1_000 : Date.parse(text) - at;
  return wait > 0 ? wait : null;
}

const codeFor = (url: string, wait: Milliseconds): string => `new signalR.HubConnectionBuilder()
  .withUrl(${JSON.stringify(url)})
  .withAutomaticReconnect({
    nextRetryDelayInMilliseconds: ({ previousRetryCount, retryReason }) => {
      const throttled = /Status code '(429|503)'/.test(retryReason.message);
      const least = throttled ? ${Math.ceil(wait)} : 0;
      return least + Math.random() * Math.min(30_000, 1_000 * 2 ** previousRetryCount);
    },
  })
  .build();`;
