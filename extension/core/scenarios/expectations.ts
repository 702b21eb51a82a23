/** Everything that a scenario can expect of an app. */
import type { ValuesOf } from "../faults/parameter.ts";
import { newConnectionId, sameConnectionId } from "./expectations/connection-id.ts";
import { joinedAgain } from "./expectations/joined-again.ts";
import { noCallLost } from "./expectations/no-call-lost.ts";
import { noDuplicateConnection } from "./expectations/no-duplicate-connection.ts";
import { recovered } from "./expectations/recovered.ts";
import { retriesJittered } from "./expectations/retries-jittered.ts";
import { staysConnected } from "./expectations/stays-connected.ts";
import { visibleGap } from "./expectations/visible-gap.ts";
import type { ExpectationKind, Judgement, JudgedRun } from "./judgement.ts";

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
} as const;

export type ExpectationName = keyof typeof EXPECTATIONS;

/** One expectation with its values: one closed union, told apart by `that`. */
export type Expected = {
  [N in ExpectationName]: { readonly that: N } & ValuesOf<(typeof EXPECTATIONS)[N]["parameters"]>;
}[ExpectationName];

/** Judges a run; a judge that throws must not take the other verdicts with it. */
export function judge(run: JudgedRun, expected: Expected): Judgement {
  const kind = EXPECTATIONS[expected.that] as ExpectationKind;
  try {
    return kind.judge(run, expected);
  } catch (error) {
    return {
      verdict: "error",
      measured: null,
      say: `This could not be judged: ${String(error)}`,
      evidence: [],
    };
  }
}
