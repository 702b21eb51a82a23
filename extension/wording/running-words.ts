/** What a running attempt does, in words. Pure. */
import { SHOWN_AFTER } from "../core/diagnosis/hangs.ts";
import { waitingWords } from "../core/diagnosis/wait-words.ts";
import type { AttemptModel, HubConnectionModel } from "../core/model/types.ts";
import { waitsOf } from "../core/model/waits.ts";
import type { EpochMilliseconds } from "../core/units.ts";
import { attemptWords } from "./labels.ts";

type Tried = Pick<HubConnectionModel, "url" | "requests" | "transports">;

/** How an attempt ended; or, once a step of it takes long, what it waits for. */
export function attemptWordsAt(
  attempt: AttemptModel,
  hub: Tried,
  now: EpochMilliseconds,
): ReturnType<typeof attemptWords> {
  const words = attemptWords(attempt.outcome);
  if (attempt.outcome.kind !== "running") return words;
  const wait = waitsOf(attempt, hub).at(-1);
  if (wait?.end !== "waiting" || now - wait.from < SHOWN_AFTER) return words;
  const text = waitingWords(wait, now - wait.from);
  return { ...words, text: text.charAt(0).toLowerCase() + text.slice(1) };
}
