import { counted, duration } from "../../../text/format.ts";
import type { Milliseconds } from "../../../units.ts";
import { CAUSE_TITLE } from "../../titles.ts";
import type { CauseName } from "../../verdict.ts";
import { cantTell, DOCS, found, momentOf, okSoFar, type FindingKind } from "../finding.ts";
import { isBack } from "../loss-cost.ts";
import { naturalLosses, type NaturalLoss } from "../natural.ts";

const WINDOW: Milliseconds = 5 * 60_000;
const OFTEN = 4;
const VERY_OFTEN = 8;

export const flapping: FindingKind = {
  group: "maintenance",
  subject: "How often the connection is lost",
  title: "The connection is lost again and again",
  when: "one connection was lost and came back four times within 5 min",
  why: "Each loss costs a reconnect and what was in flight. A connection that is lost every minute leaves the app with the cost of reconnecting and hardly the use of being connected.",
  link: `${DOCS}azure/azure-signalr/signalr-concept-client-disconnections`,
  scenario: "flapping",
  check(history) {
    const losses = naturalLosses(history).filter(isBack);
    if (losses.length === 0) return cantTell("No connection was lost and came back.");
    const worst = history.hubs
      .map(({ key }) => mostWithin(losses.filter(({ hub }) => hub.key === key)))
      .sort((a, b) => b.length - a.length)[0];
    const [first] = worst ?? [];
    const last = worst?.at(-1);
    if (!worst || !first || !last || worst.length < OFTEN)
      return okSoFar(
        `At most ${counted(worst?.length ?? 0, "loss", "losses")} of one connection within ${duration(WINDOW)}.`,
      );
    const length = last.interruption.from - first.interruption.from;
    const [cause, n] = mostFrequent(worst);
    return found(
      worst.length >= VERY_OFTEN ? "high" : "medium",
      `One connection was lost ${worst.length} times within ${duration(length)}. Most frequent cause: ${CAUSE_TITLE[cause]} (${n}).`,
      {
        measured: [
          { label: "Losses", value: worst.length, unit: "count" },
          { label: "Within", value: Math.round(length), unit: "ms" },
          { label: "With the most frequent cause", value: n, unit: "count" },
        ],
        moments: worst.map(({ interruption, verdict }) => momentOf(interruption, verdict.title)),
        changes: [
          {
            where: "client",
            text: "Count losses in a short time, and wait longer before each further attempt: the default policy begins anew with every loss.",
            snippet: {
              language: "ts",
              code: `const losses: number[] = [];\nconnection.onreconnecting(() => losses.push(Date.now()));\nconst recent = () => losses.filter((t) => Date.now() - t < 300_000).length;\n// in the policy: Math.random() * Math.min(30_000, 1_000 * 2 ** (previousRetryCount + recent()))`,
            },
          },
          {
            where: "server",
            text: `Find the cause first: the cards of these interruptions have the evidence for ${CAUSE_TITLE[cause]}.`,
          },
        ],
      },
    );
  },
};

/** In order of time. */
function mostWithin(losses: readonly NaturalLoss[]): readonly NaturalLoss[] {
  let [best, begin]: [readonly NaturalLoss[], number] = [[], 0];
  for (const [i, { interruption }] of losses.entries()) {
    while (interruption.from - (losses[begin]?.interruption.from ?? 0) > WINDOW) begin++;
    if (i - begin + 1 > best.length) best = losses.slice(begin, i + 1);
  }
  return best;
}

function mostFrequent(losses: readonly NaturalLoss[]): [CauseName, number] {
  const counts = new Map<CauseName, number>();
  for (const { verdict } of losses) counts.set(verdict.cause, (counts.get(verdict.cause) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1])[0] ?? ["unknown", 0];
}
