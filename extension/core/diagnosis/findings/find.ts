/** Holds a recording against all findings. */
import type { RecordingModel } from "../../model/types.ts";
import type { EpochMilliseconds } from "../../units.ts";
import { SEVERITIES, type Answer, type FindingKind, type HubHistory } from "./finding.ts";
import { historiesOf } from "./hub-history.ts";
import { FINDING_IDS, FINDINGS, type FindingId } from "./registry.ts";

/** The check itself failed: a mistake of Hubscope, which must not hide the other findings. */
interface Failed {
  readonly answer: "error";
  readonly say: string;
}

export interface FindingResult {
  /** Unique in a recording. */
  readonly key: string;
  readonly id: FindingId;
  /** The hub's address, and its name for a sentence. */
  readonly url: string;
  readonly hub: string;
  readonly answer: Answer | Failed;
}

/** The same as `FindingResult`, of a finding that was found. */
export type FoundResult = FindingResult & { readonly answer: Extract<Answer, { answer: "found" }> };

/**
 * All results for each hub, in the order of the registry.
 * @param now the end of what is still going on: the present time, or the recording's end
 * @param from what was before doesn't count
 */
export const findIn = (
  model: RecordingModel,
  now: EpochMilliseconds,
  from?: EpochMilliseconds,
): FindingResult[] =>
  historiesOf(model, now, from).flatMap((history) => FINDING_IDS.map((id) => resultOf(id, history)));

export const resultOf = (id: FindingId, history: HubHistory): FindingResult => ({
  key: `${id} ${history.url}`,
  id,
  url: history.url,
  hub: history.name,
  answer: answerOf(FINDINGS[id], history),
});

/** Exported for tests. */
export function answerOf({ check }: Pick<FindingKind, "check">, history: HubHistory): Answer | Failed {
  try {
    return check(history);
  } catch (error) {
    return { answer: "error", say: error instanceof Error ? error.message : String(error) };
  }
}

export const isFound = (result: FindingResult): result is FoundResult => result.answer.answer === "found";

/** Worst first; equal ones stay in the order of the registry. */
export const worstFirst = (results: readonly FoundResult[]): FoundResult[] =>
  [...results].sort((a, b) => SEVERITIES.indexOf(a.answer.severity) - SEVERITIES.indexOf(b.answer.severity));
