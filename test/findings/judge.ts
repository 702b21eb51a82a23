/** Holds what Hubscope finds in a recording against what is expected. */
import { findIn, type FindingResult } from "../../extension/core/diagnosis/findings/find.ts";
import type { FindingId } from "../../extension/core/diagnosis/findings/registry.ts";
import { createReducer } from "../../extension/core/model/reducer.ts";
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import { withoutProbe } from "../causes/classify.ts";
import type { Expectations } from "./finding-run.ts";

export type Expected = "has" | "hasNot" | "cantTell";

export interface Judged {
  readonly id: FindingId;
  readonly expected: Expected;
  readonly right: boolean;
  /** What was answered, for each hub. */
  readonly say: readonly string[];
}

export const onWire = (pages: readonly (readonly RecordedEvent[])[]): RecordedEvent[][] =>
  pages.map(withoutProbe);

export function resultsOf(pages: readonly (readonly RecordedEvent[])[]): FindingResult[] {
  const reducer = createReducer();
  for (const [i, events] of pages.entries()) reducer.apply(`page${i + 1}`, events);
  return findIn(reducer.model, reducer.model.to);
}

/** What was found, or failed: with what it says. */
export const foundIn = (results: readonly FindingResult[]): string[] =>
  results
    .filter(({ answer: { answer } }) => answer === "found" || answer === "error")
    .map(({ id, hub, answer }) => `${id} (${hub}): ${answer.say}`);

export function judge(
  results: readonly FindingResult[],
  { has = [], hasNot = [], cantTell = [] }: Expectations,
): Judged[] {
  const judged = (ids: readonly FindingId[], expected: Expected): Judged[] =>
    ids.map((id) => {
      const own = results.filter((one) => one.id === id);
      return {
        id,
        expected,
        right: answered(own) === expected,
        say: own.map(({ hub, answer }) => `${hub}: ${answer.answer}: ${answer.say}`),
      };
    });
  return [...judged(has, "has"), ...judged(hasNot, "hasNot"), ...judged(cantTell, "cantTell")];
}

/** Several hubs may differ: found for one of them is found; if it can't be told for one, the others don't help. */
function answered(results: readonly FindingResult[]): Expected | "error" {
  const answers = new Set(results.map(({ answer: { answer } }) => answer));
  if (answers.size === 0 || answers.has("error")) return "error";
  if (answers.has("found")) return "has";
  return answers.has("cant-tell") ? "cantTell" : "hasNot";
}
