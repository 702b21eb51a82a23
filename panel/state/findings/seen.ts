/**
 * When each finding of a site was last found, and last found in a recording before that: a page that is loaded again is another
 * recording, and what was found before is gone there or still there. As stored, and checked when read. Pure.
 */
import { isObject } from "../../../extension/core/is-object.ts";
import type { EpochMilliseconds } from "../../../extension/core/units.ts";
import { isMarkKey } from "./marks.ts";

export interface Seen {
  /** Of `markKey`. */
  readonly key: string;
  readonly at: EpochMilliseconds;
  /** In an earlier recording. null: in none. */
  readonly before: EpochMilliseconds | null;
}

export interface SiteSeen {
  readonly site: string;
  readonly seen: readonly Seen[];
}

/** The site on which something was found longest ago is forgotten first. */
const MAX_SITES = 200;
const MAX_SEEN = 300;
const MAX_LENGTH = 500;

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const isTime = (value: unknown): value is EpochMilliseconds =>
  typeof value === "number" && Number.isFinite(value);

export const readSeen = (stored: unknown): readonly SiteSeen[] =>
  list(stored)
    .slice(0, MAX_SITES)
    .flatMap((one): SiteSeen[] => {
      if (!isObject(one) || typeof one["site"] !== "string" || one["site"].length > MAX_LENGTH) return [];
      const seen = list(one["seen"])
        .slice(0, MAX_SEEN)
        .flatMap((entry): Seen[] => {
          if (!isObject(entry)) return [];
          const { key, at, before } = entry;
          if (!isMarkKey(key) || !isTime(at)) return [];
          return [{ key, at, before: isTime(before) ? before : null }];
        });
      return [{ site: one["site"], seen }];
    });

/**
 * @param found what was found in a recording, and when last
 * @param begin when that recording began
 */
export function withSeen(
  stored: unknown,
  site: string,
  found: readonly Pick<Seen, "key" | "at">[],
  begin: EpochMilliseconds,
): readonly SiteSeen[] {
  const all = readSeen(stored);
  const old = all.find((one) => one.site === site)?.seen ?? [];
  const now = found.map(({ key, at }): Seen => {
    const known = old.find((one) => one.key === key);
    if (!known) return { key, at, before: null };
    return { key, at: Math.max(at, known.at), before: known.at < begin ? known.at : known.before };
  });
  const rest = old.filter(({ key }) => !found.some((one) => one.key === key));
  return [
    { site, seen: [...now, ...rest].slice(0, MAX_SEEN) },
    ...all.filter((one) => one.site !== site),
  ].slice(0, MAX_SITES);
}

/** When it was last found before a recording that began then. null: never. */
export function foundBefore(
  seen: readonly Seen[],
  key: string,
  begin: EpochMilliseconds,
): EpochMilliseconds | null {
  const known = seen.find((one) => one.key === key);
  if (!known) return null;
  return known.at < begin ? known.at : known.before;
}
