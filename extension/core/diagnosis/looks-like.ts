/** What an injected fault imitates: the verdict that Hubscope would give if it didn't know of the fault. */
import { reduced } from "../model/reduced.ts";
import type { Downtime } from "../model/types.ts";
import { verdictOf } from "./diagnose.ts";
import { judgeAsReal, judgeStart } from "./judge.ts";
import type { CauseName, ObstacleName } from "./verdict.ts";

export interface Likeness {
  readonly cause: CauseName;
  readonly title: string;
  /** What prevented the connection, or the reconnect. */
  readonly obstacle: ObstacleName | null;
}

/** Of what nobody has injected it is the verdict itself. */
export function looksLike(one: Downtime): Likeness {
  const { cause, title, obstacle } = verdictOf(one);
  const found = { cause, title, obstacle: obstacle?.name ?? null };
  if (cause !== "injected") return found;
  const state = reduced(one);
  if (state.kind === "interruption") return { ...found, ...judgeAsReal(state) };
  const start = judgeStart(state, []);
  return { cause: start.cause, title: start.title, obstacle: start.obstacle?.name ?? null };
}
