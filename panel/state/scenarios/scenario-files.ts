/** Scenarios and scorecards as files. */
import { readScorecard, cleanScorecard } from "../../../extension/core/scenarios/read-scorecard.ts";
import type { Scenario } from "../../../extension/core/scenarios/scenario.ts";
import type { Scorecard } from "../../../extension/core/scenarios/scorecard.ts";
import { hostOf } from "../recordings.ts";
import { download } from "../transfer.ts";
import { bytes } from "../../../extension/core/text/format.ts";

/** Larger ones are rejected before they are read. */
const LARGEST = 4 * 1024 * 1024;

const json = (value: unknown): Blob => new Blob([inJson(value)], { type: "application/json" });

/** Formatted for editing and files. */
export const inJson = (value: unknown): string => `${JSON.stringify(value, null, 2)}\n`;

export function saveScorecard(card: Scorecard): void {
  const date = new Date(card.madeAt).toISOString().slice(0, 10);
  const host = hostOf(card.url).replaceAll(/[^\w.-]/g, "_") || "page";
  download(`scorecard-${host}-${date}.json`, json(cleanScorecard(card)));
}

export const saveScenario = (scenario: Scenario): void => {
  download(`${scenario.name}.scenario.json`, json(scenario));
};

/** @throws with what is wrong, in a sentence for the user */
export async function openScorecard(file: File): Promise<Scorecard> {
  let value: unknown;
  try {
    value = JSON.parse(await openText(file));
  } catch (error) {
    throw error instanceof SyntaxError ? new Error("it is not JSON") : error;
  }
  const card = readScorecard(value);
  if (typeof card === "string") throw new Error(card);
  return card;
}

/** @throws when it is too large */
export async function openText(file: File): Promise<string> {
  if (file.size > LARGEST) throw new Error(`it is larger than ${bytes(LARGEST)}`);
  return file.text();
}
