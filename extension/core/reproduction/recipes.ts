/** How each cause is made again, or why it can't be. docs/reproduce.md has the same as a table; a test compares the two. */
import type { Facts } from "../diagnosis/facts.ts";
import type { CauseName } from "../diagnosis/verdict.ts";
import { AT_THE_TAB } from "./recipes/at-the-tab.ts";
import { BY_CLOSE_CODE } from "./recipes/by-close-code.ts";
import { BY_THE_SERVER } from "./recipes/by-the-server.ts";
import { NOT_AGAIN } from "./recipes/not-again.ts";
import { ON_THE_WAY } from "./recipes/on-the-way.ts";
import type { Recipe } from "./reproduction.ts";

export type CauseRecipe = Recipe<Facts>;

/** "injected" repeats its own faults, and a failed start has its own way: see reproduce.ts. */
export type CauseOfLoss = Exclude<CauseName, "injected" | "start-failed">;

export const RECIPES: Readonly<Record<CauseOfLoss, CauseRecipe>> = {
  ...BY_THE_SERVER,
  ...BY_CLOSE_CODE,
  ...ON_THE_WAY,
  ...AT_THE_TAB,
  ...NOT_AGAIN,
};
