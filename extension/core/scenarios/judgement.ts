/** Input and result of an expectation. */
import type { FaultId, PageId } from "../ids.ts";
import type { FaultCommand } from "../faults/vocabulary.ts";
import type { ParameterTable, ValuesOf } from "../faults/parameter.ts";
import type { RecordingModel } from "../model/types.ts";
import type { EpochMilliseconds } from "../units.ts";

/** A fault that a scenario injected. */
export interface InjectedFault {
  readonly fault: FaultId;
  readonly page: PageId;
  readonly command: FaultCommand;
  readonly at: EpochMilliseconds;
}

/** The part of a recording that a scenario's run is judged by. */
export interface JudgedRun {
  readonly model: RecordingModel;
  readonly from: EpochMilliseconds;
  readonly to: EpochMilliseconds;
  readonly faults: readonly InjectedFault[];
  /** Address of the only hub that counts; null: all of them. */
  readonly hub: string | null;
}

export type Verdict = "pass" | "warn" | "fail" | "cant-tell" | "not-applicable" | "error";

/** What was measured. Less is better, unless the expectation says otherwise. */
export interface Figure {
  readonly value: number;
  readonly unit: "ms" | "%" | "count";
}

/** Something on the timeline that supports the verdict. */
export interface RunEvidence {
  readonly t: EpochMilliseconds;
  readonly text: string;
  /** Key of the hub connection or interruption. */
  readonly key?: string;
  /** Address of the hub, if there is no `key`. It isn't stored: there the text names the hub. */
  readonly url?: string;
}

export interface Judgement {
  readonly verdict: Verdict;
  readonly measured: Figure | null;
  /** One sentence. */
  readonly say: string;
  readonly evidence: readonly RunEvidence[];
}

/** One thing that an app is expected to do. */
export interface ExpectationKind<P extends ParameterTable = ParameterTable> {
  readonly title: string;
  readonly say: string;
  readonly parameters: P;
  readonly moreIsBetter?: true;
  judge(run: JudgedRun, values: ValuesOf<P>): Judgement;
}

/** Lets the compiler infer the type of the parameter table. */
export const expectation = <const P extends ParameterTable>(kind: ExpectationKind<P>): ExpectationKind<P> =>
  kind;

export const cantTell = (say: string, evidence: readonly RunEvidence[] = []): Judgement => ({
  verdict: "cant-tell",
  measured: null,
  say,
  evidence,
});
