/** Interruptions with the same advice: it is written once. */
import { verdictOf } from "../core/diagnosis/diagnose.ts";
import { circuitAdvice } from "../core/diagnosis/circuit-advice.ts";
import type { Trouble } from "../core/diagnosis/hang.ts";
import { hasNewId } from "../wording/advice-words.ts";
import type { ReportedTrouble } from "./facts/report-facts.ts";

/** For each the index of the first one with the same advice; null: it is that one. */
export function adviceGroups(all: readonly ReportedTrouble[]): (number | null)[] {
  const first = new Map<string, number>();
  return all.map(({ one, hang }, i) => {
    const key = keyOf(one, hang);
    const known = first.get(key);
    if (known === undefined) first.set(key, i);
    return known ?? null;
  });
}

/** All that decides about the texts of `Advice` in panel/content. */
function keyOf(one: Trouble, hang: Trouble | undefined): string {
  const { cause, obstacle } = verdictOf(one);
  const against = hang === undefined ? obstacle : verdictOf(hang).obstacle;
  const circuit = one.kind === "hang" ? null : circuitAdvice(one);
  const isNew = one.kind === "interruption" && hasNewId(one);
  return JSON.stringify([one.kind, cause, against?.name, obstacle?.name, one.outcome, circuit?.text, isNew]);
}
