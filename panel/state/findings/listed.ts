/** Findings as they are listed: with the user's mark, and with what a newer run says. Pure. */
import {
  isFound,
  worstFirst,
  type FindingResult,
  type FoundResult,
} from "../../../extension/core/diagnosis/findings/find.ts";
import { laterRuns, type LaterRun } from "../../../extension/core/diagnosis/findings/later-runs.ts";
import { FINDINGS } from "../../../extension/core/diagnosis/findings/registry.ts";
import type { RecordingModel } from "../../../extension/core/model/types.ts";
import type { ScenarioResult } from "../../../extension/core/scenarios/result.ts";
import type { EpochMilliseconds } from "../../../extension/core/units.ts";
import type { Flag, Flagged } from "../flagged.ts";
import { foundBefore, type Seen } from "./seen.ts";
import { markKey, type Mark, type MarkKind } from "./marks.ts";

/** A moment since when the app may be another: the scenario that proves a fix was run, or another recording ended. */
export interface Since {
  readonly what: "scenario" | "recording";
  readonly t: EpochMilliseconds;
}

/** What the time since then says. "not-seen": it can't tell. */
export interface Later extends Since {
  readonly state: LaterRun["state"];
}

export interface ListedFinding {
  readonly result: FoundResult;
  readonly state: "open" | MarkKind;
  /** It was marked as done, and found again afterwards. */
  readonly again: boolean;
  readonly later: Later | null;
}

/**
 * Adds to what was found what has become of it.
 * @param runs results of scenarios on this page, oldest first
 * @param seen when findings of this site were found, in any recording
 */
export function listFindings(
  results: readonly FindingResult[],
  model: RecordingModel,
  now: EpochMilliseconds,
  runs: readonly ScenarioResult[],
  marks: readonly Mark[],
  seen: readonly Seen[],
): ListedFinding[] {
  const laterRun = laterRuns(model, now, runs);
  return worstFirst(results.filter(isFound)).map((result) => {
    const run = laterRun(result);
    const before = foundBefore(seen, markKey(result), model.from);
    const mark = marks.find(({ key }) => key === markKey(result));
    const again = mark?.as === "done" && result.answer.lastAt > mark.at;
    return {
      result,
      state: mark === undefined || again ? "open" : mark.as,
      again,
      later: run
        ? { what: "scenario", ...run }
        : before === null
          ? null
          : { what: "recording", t: before, state: "still-there" },
    };
  });
}

export const isOpen = ({ state, later }: ListedFinding): boolean =>
  state === "open" && later?.state !== "gone";

const MAX_FLAGS = 500;

/** What is shown of the open ones outside of their tab. The worst have their flags first. */
export function flaggedOf(listed: readonly ListedFinding[]): Flagged {
  const open = listed.filter(isOpen);
  const all = open
    .flatMap(({ result: { key, id, answer } }) =>
      answer.moments.map(({ t, hubKey, text }): Flag => ({
        t,
        hubKey,
        severity: answer.severity,
        text: `${FINDINGS[id].title}: ${text}`,
        finding: key,
      })),
    )
    .slice(0, MAX_FLAGS);
  const flags = new Map<string, Flag[]>();
  for (const flag of all.sort((a, b) => a.t - b.t)) {
    const own = flags.get(flag.hubKey);
    if (own) own.push(flag);
    else flags.set(flag.hubKey, [flag]);
  }
  return { open: open.length, flags };
}
