/** All expectations that a scenario can have. */
import type { ValuesOf } from "../faults/parameter.ts";
import { circuitKept } from "./expectations/circuit-kept.ts";
import { newConnectionId, sameConnectionId } from "./expectations/connection-id.ts";
import { joinedAgain } from "./expectations/joined-again.ts";
import { noCallLost } from "./expectations/no-call-lost.ts";
import { noDuplicateConnection } from "./expectations/no-duplicate-connection.ts";
import { recovered } from "./expectations/recovered.ts";
import { retriesJittered } from "./expectations/retries-jittered.ts";
import { staysConnected } from "./expectations/stays-connected.ts";
import { visibleGap } from "./expectations/visible-gap.ts";
import type { ExpectationKind, Judgement, JudgedRun, RunEvidence } from "./judgement.ts";
import { hubName, watchedHubs } from "./presence.ts";

export const EXPECTATIONS = {
  recovered,
  "same-connection-id": sameConnectionId,
  "new-connection-id": newConnectionId,
  "joined-again": joinedAgain,
  "no-call-lost": noCallLost,
  "no-duplicate-connection": noDuplicateConnection,
  "retries-jittered": retriesJittered,
  "visible-gap": visibleGap,
  "stays-connected": staysConnected,
  "circuit-kept": circuitKept,
} as const;

export type ExpectationName = keyof typeof EXPECTATIONS;

/** One expectation with its values: one closed union, distinguished by `that`. */
export type Expected = {
  [N in ExpectationName]: { readonly that: N } & ValuesOf<(typeof EXPECTATIONS)[N]["parameters"]>;
}[ExpectationName];

/** Judges a run. If an expectation throws, the other verdicts must not be lost. */
export function judge(run: JudgedRun, expected: Expected): Judgement {
  const kind = EXPECTATIONS[expected.that] as ExpectationKind;
  try {
    const judgement = kind.judge(run, expected);
    return { ...judgement, evidence: judgement.evidence.map((one) => withHubNamed(run, one)) };
  } catch (error) {
    return {
      verdict: "error",
      measured: null,
      say: `This could not be evaluated: ${String(error)}`,
      evidence: [],
    };
  }
}

/** If a run watches several hubs, the evidence names the hub. */
function withHubNamed(run: JudgedRun, { url, ...evidence }: RunEvidence): RunEvidence {
  const own =
    url ??
    run.model.hubs.find(
      ({ key, interruptions }) =>
        key === evidence.key || interruptions.some((interruption) => interruption.key === evidence.key),
    )?.url;
  if (own === undefined || watchedHubs(run).size < 2) return evidence;
  return { ...evidence, text: `${hubName(run, own)}: ${evidence.text}` };
}
