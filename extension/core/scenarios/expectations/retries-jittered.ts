/**
 * Whether many such clients would reconnect at the same moment. Judged by the retry policy's delays after several losses; after
 * one loss only if the delays are too round to be random.
 */
import { duration, counted } from "../../text/format.ts";
import type { Milliseconds } from "../../units.ts";
import { cantTell, expectation, type Judgement, type RunEvidence } from "../judgement.ts";
import { lossesOf, type Lost } from "../presence.ts";

export const retriesJittered = expectation({
  title: "Retries with jitter",
  say: "Retry delays differ from loss to loss, so that clients don't all reconnect at the same moment.",
  parameters: {},
  moreIsBetter: true,
  judge: (run) => judgeJitter(lossesOf(run)),
});

export function judgeJitter(losses: readonly Lost[]): Judgement {
  const planned = tries(losses, "planned");
  const delays = planned.length > 0 ? planned : tries(losses, "actual");
  if (delays.length === 0) return cantTell("No retries.");
  const judged = overLosses(delays) ?? fromOneLoss(delays);
  return (
    judged ??
    cantTell(`${counted(delays.length, "retry", "retries")} are not enough to judge.`, evidenceOf(delays))
  );
}

interface Try {
  readonly number: number;
  readonly delay: Milliseconds;
  readonly known: "planned" | "actual";
  readonly at: number;
  readonly key: string;
}

function tries(losses: readonly Lost[], known: Try["known"]): Try[] {
  return losses.flatMap(({ interruption: { attempts, key } }) =>
    attempts.flatMap(({ origin, number, from, planned, startedAt }): Try[] => {
      if (origin !== "retry") return [];
      const delay = known === "planned" ? planned : startedAt === null ? null : startedAt - from;
      return delay === null ? [] : [{ number, delay, known, at: from, key }];
    }),
  );
}

/** Timers are inexact: observed delays whose difference is at most LATENESS count as equal; above MEANT it is jitter. */
const LATENESS: Milliseconds = 60;
const MEANT: Milliseconds = 250;
/** Minimum difference, as a part of the delay, to spread many clients. */
const MIN_PART = 0.05;

/** Compares the same try after different losses. null: each was seen only once. */
function overLosses(delays: readonly Try[]): Judgement | null {
  const compared = [...new Set(delays.map(({ number }) => number))]
    .map((number) => delays.filter((one) => one.number === number))
    .filter((same) => new Set(same.map(({ key }) => key)).size > 1);
  if (compared.length === 0) return null;
  const spreads = compared.map((same) => {
    const all = same.map(({ delay }) => delay);
    const longest = Math.max(...all);
    const spread = longest - Math.min(...all);
    return {
      spread,
      part: longest === 0 ? 0 : spread / longest,
      number: same[0]?.number ?? 0,
      most: longest,
    };
  });
  const widest = spreads.reduce((a, b) => (b.part > a.part ? b : a));
  const measured = { value: Math.round(widest.part * 100), unit: "%" } as const;
  const evidence = evidenceOf(compared.flat());
  const actual = compared.flat().some(({ known }) => known === "actual");
  if (widest.spread <= (actual ? LATENESS : 1))
    return {
      verdict: "warn",
      measured,
      say: `After ${counted(lossesIn(compared), "loss", "losses")} the retry delays were the same: ${listed(spreads.map(({ most }) => most))}.`,
      evidence,
    };
  if (actual && widest.spread < MEANT)
    return cantTell("The delays differ no more than timer inaccuracy explains.", evidence);
  return widest.part < MIN_PART
    ? {
        verdict: "warn",
        measured,
        say: `The delays differ by only ${duration(widest.spread)}.`,
        evidence,
      }
    : {
        verdict: "pass",
        measured,
        say: `The delays before attempt ${widest.number} differ by ${duration(widest.spread)}.`,
        evidence,
      };
}

const lossesIn = (compared: readonly (readonly Try[])[]): number =>
  new Set(compared.flat().map(({ key }) => key)).size;

/** Delays that are multiples of this three times are not random. */
const ROUND: Milliseconds = 100;
const ENOUGH = 3;

function fromOneLoss(delays: readonly Try[]): Judgement | null {
  const waits = delays.filter(({ known, delay }) => known === "planned" && delay > 0);
  if (waits.length < ENOUGH || !waits.every(({ delay }) => delay % ROUND === 0)) return null;
  return {
    verdict: "warn",
    measured: { value: 0, unit: "%" },
    say: `All delays are round numbers, which look fixed: ${listed(delays.map(({ delay }) => delay))}.`,
    evidence: evidenceOf(delays),
  };
}

const listed = (delays: readonly Milliseconds[]): string => delays.slice(0, 6).map(duration).join(", ");

const evidenceOf = (delays: readonly Try[]): RunEvidence[] =>
  delays.slice(0, 20).map(({ at, number, delay, known, key }) => ({
    t: at,
    text: `Attempt ${number}: ${duration(delay)} ${known === "planned" ? "planned" : "actual"}`,
    key,
  }));
