/** Own scenarios and scorecards as they are stored: everything is checked again when it is read. Pure. */
import { isObject } from "../../../extension/core/is-object.ts";
import { redactUrl } from "../../../extension/core/redaction/redact.ts";
import { parseScenario } from "../../../extension/core/scenarios/parse.ts";
import { cleanScorecard, readScorecard } from "../../../extension/core/scenarios/read-scorecard.ts";
import type { ScenarioResult } from "../../../extension/core/scenarios/result.ts";
import type { Scenario } from "../../../extension/core/scenarios/scenario.ts";
import { newScorecard, withResult, type Scorecard } from "../../../extension/core/scenarios/scorecard.ts";
import type { StoredPage } from "../../../extension/store/stored-page.ts";

/** The newest results of a page, and those that they replaced. */
export interface PageCards {
  /** The page's address without a query. */
  readonly page: string;
  readonly now: Scorecard;
  readonly before: Scorecard | null;
}

/** Limits the pages with scorecards; the one with the oldest run is removed first. */
export const MAX_PAGES = 50;

/** The key of a page's scorecard: its address without the query. */
export const cardKey = (url: string): string => redactUrl(url).replace(/[?#].*$/s, "");

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

export const readCards = (stored: unknown): readonly PageCards[] =>
  list(stored).flatMap((one): PageCards[] => {
    if (!isObject(one) || typeof one["page"] !== "string") return [];
    const now = readScorecard(one["now"]);
    const before = readScorecard(one["before"]);
    if (typeof now === "string") return [];
    return [{ page: one["page"], now, before: typeof before === "string" ? null : before }];
  });

export const readOwn = (stored: unknown): readonly Scenario[] =>
  list(stored).flatMap((one): Scenario[] => {
    const read = parseScenario(one);
    return "steps" in read ? [read] : [];
  });

/** Details of the run besides its result. */
type About = Pick<Scorecard, "hubscope" | "madeAt" | "url" | "browser">;

/** Adds the result to the page's scorecard; an older result of that scenario becomes the previous one. */
export function withNewResult(stored: unknown, about: About, result: ScenarioResult): readonly PageCards[] {
  const page = cardKey(about.url);
  const all = readCards(stored);
  const old = all.find((one) => one.page === page);
  const replaced = old?.now.results.find(({ scenario }) => scenario === result.scenario);
  const now = cleanScorecard(withResult({ ...newScorecard(about), results: old?.now.results ?? [] }, result));
  const before =
    old && replaced
      ? withResult({ ...(old.before ?? old.now), results: old.before?.results ?? [] }, replaced)
      : null;
  const others = all.filter((one) => one !== old);
  return [{ page, now, before: before ?? old?.before ?? null }, ...others].slice(0, MAX_PAGES);
}

export const withoutPage = (stored: unknown, page: string): readonly PageCards[] =>
  readCards(stored).filter((one) => one.page !== page);

/** Saves a scenario. Replaces one with the same name, and the one named `replaces`, as it may have been renamed. */
export function withOwn(
  stored: unknown,
  scenario: Scenario,
  replaces: string | null = null,
): readonly Scenario[] {
  const all = readOwn(stored);
  const at = all.findIndex(({ name }) => name === (replaces ?? scenario.name));
  const next = at < 0 ? [...all, scenario] : all.with(at, scenario);
  return next.filter((one) => one === scenario || one.name !== scenario.name);
}

export const withoutOwn = (stored: unknown, name: string): readonly Scenario[] =>
  readOwn(stored).filter((one) => one.name !== name);

/** The scorecard for a file of that recording: results of the scenarios that were run in it. null: there were none. */
export function scorecardOf(
  pages: readonly { readonly page: Pick<StoredPage, "page" | "url" | "startedAt" | "lastAt"> }[],
  stored: unknown,
): Scorecard | null {
  const keys = new Set(pages.map(({ page }) => cardKey(page.url)));
  const from = Math.min(...pages.map(({ page }) => page.startedAt));
  const to = Math.max(...pages.map(({ page }) => page.lastAt));
  const card = readCards(stored).find(({ page }) => keys.has(page))?.now;
  const results = (card?.results ?? []).filter((result) => result.from >= from && result.from <= to);
  return card && results.length > 0 ? { ...card, results } : null;
}
