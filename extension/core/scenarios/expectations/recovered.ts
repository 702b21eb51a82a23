import { duration, counted } from "../../text/format.ts";
import type { EpochMilliseconds, Milliseconds } from "../../units.ts";
import { cantTell, expectation, type JudgedRun, type RunEvidence, type Verdict } from "../judgement.ts";
import { causeEnd, downs, gapsIn, hubName, lossesIn, type Down } from "../presence.ts";

/** Up to this factor above the limit it is only a warning. */
const TOLERATED = 2;

export const recovered = expectation({
  title: "Recovered in time",
  say: "After the cause ends, the app is connected again within this time.",
  parameters: { within: { kind: "duration", label: "Within", default: 10_000 } },
  judge(run, { within }) {
    const all = downs(run, "is down");
    if (all.length === 0)
      return {
        verdict: "pass",
        measured: { value: 0, unit: "ms" },
        say: "The connection was never lost.",
        evidence: [],
      };
    const judged = all.map((down) => judgeDown(run, down, within));
    const order: readonly Verdict[] = ["fail", "warn", "cant-tell", "pass"];
    judged.sort(
      (a, b) => order.indexOf(a.verdict) - order.indexOf(b.verdict) || (b.took ?? 0) - (a.took ?? 0),
    );
    const [worst] = judged;
    if (!worst) return cantTell("No data.");
    const longest = judged.reduce((max, { took }) => Math.max(max, took ?? 0), 0);
    const complete = judged.every(({ took }) => took !== null);
    return {
      verdict: worst.verdict,
      measured: complete ? { value: longest, unit: "ms" } : null,
      say: named(run, all, worst) + timesLost(run, all),
      evidence: judged.flatMap(({ evidence }) => evidence),
    };
  },
});

/** With several hubs the sentence names the hub. */
const named = (run: JudgedRun, all: readonly Down[], { say, url }: JudgedDown): string =>
  new Set(all.map((down) => down.url)).size > 1 ? `${hubName(run, url)}: ${say}` : say;

/** Several hubs that lose their connections together are not several losses of one hub. */
function timesLost(run: JudgedRun, all: readonly Down[]): string {
  const hubs = new Set(all.map(({ url }) => url)).size;
  const times = gapsIn(all, run.to).length;
  if (hubs > 1)
    return ` ${counted(hubs, "hub")} lost their connections${times > 1 ? `, in ${times} gaps` : ""}.`;
  return times > 1 ? ` It was lost ${counted(times, "time")}.` : "";
}

interface JudgedDown {
  readonly url: string;
  readonly verdict: Verdict;
  readonly took: Milliseconds | null;
  readonly say: string;
  readonly evidence: readonly RunEvidence[];
}

const judgeDown = (run: JudgedRun, down: Down, within: Milliseconds): JudgedDown => ({
  url: down.url,
  ...judgementOf(run, down, within),
});

function judgementOf(run: JudgedRun, down: Down, within: Milliseconds): Omit<JudgedDown, "url"> {
  const end = causeEnd(run, down);
  const evidence = [...lossEvidence(run, down), ...endEvidence(down, end)];
  if (down.until === null) {
    const gaveUp = lossesIn(run, down).find(({ interruption }) => isOver(interruption.outcome));
    if (gaveUp)
      return {
        verdict: "fail",
        took: null,
        say: `Not connected: ${GIVEN_UP[gaveUp.interruption.outcome] ?? "it gave up"}.`,
        evidence,
      };
    if (end === null)
      return {
        verdict: "cant-tell",
        took: null,
        say: "Evaluated before the cause ended.",
        evidence,
      };
    const waited = run.to - end;
    return waited >= within
      ? {
          verdict: "fail",
          took: null,
          say: `Not connected ${duration(waited)} after the cause ended.`,
          evidence,
        }
      : {
          verdict: "cant-tell",
          took: null,
          say: `Evaluated too early: ${duration(waited)} after the cause ended.`,
          evidence,
        };
  }
  const took = Math.max(0, down.until - (end ?? down.until));
  const verdict = took <= within ? "pass" : took <= TOLERATED * within ? "warn" : "fail";
  return {
    verdict,
    took,
    say: `Connected ${duration(took)} after the cause ended${verdict === "pass" ? "" : `, expected at most ${duration(within)}`}.`,
    evidence,
  };
}

const GIVEN_UP: Readonly<Record<string, string>> = {
  "gave-up": "the client gave up, and the app didn't restart it",
  "closed-by-server": "the server closed it without allowing a reconnect, and the app didn't restart it",
  "stopped-by-app": "the app stopped it",
};
const isOver = (outcome: string): boolean => Object.hasOwn(GIVEN_UP, outcome);

const lossEvidence = (run: JudgedRun, down: Down): RunEvidence[] => {
  const [loss] = lossesIn(run, down);
  const { url } = down;
  return [{ t: down.from, text: "Connection lost", url, ...(loss ? { key: loss.interruption.key } : {}) }];
};

const endEvidence = (down: Down, end: EpochMilliseconds | null): RunEvidence[] => [
  ...(end !== null && end > down.from && (down.until === null || end < down.until)
    ? [{ t: end, text: "Cause ended" }]
    : []),
  ...(down.until === null ? [] : [{ t: down.until, text: "Connected again", url: down.url }]),
];
