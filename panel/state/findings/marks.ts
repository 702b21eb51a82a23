/** What the user has marked as done or ignored, for each site: as it is stored, and checked again when it is read. Pure. */
import { isObject } from "../../../extension/core/is-object.ts";
import type { FindingResult } from "../../../extension/core/diagnosis/findings/find.ts";
import { isFindingId } from "../../../extension/core/diagnosis/findings/registry.ts";
import { pathOf } from "../../../extension/core/protocol/addresses.ts";
import type { EpochMilliseconds } from "../../../extension/core/units.ts";

export type MarkKind = "done" | "ignored";

export interface Mark {
  /** Of `markKey`. */
  readonly key: string;
  readonly as: MarkKind;
  readonly at: EpochMilliseconds;
}

export interface SiteMarks {
  /** Host of the page, with its port. */
  readonly site: string;
  readonly marks: readonly Mark[];
}

/** The site that was changed longest ago is forgotten first. */
export const MAX_SITES = 200;
const MAX_MARKS = 1_000;
const MAX_LENGTH = 500;

/** A finding of one hub, in whatever recording of the site. */
export const markKey = ({ id, url }: Pick<FindingResult, "id" | "url">): string => `${id} ${pathOf(url)}`;

export const readMarks = (stored: unknown): readonly SiteMarks[] =>
  list(stored)
    .slice(0, MAX_SITES)
    .flatMap((one): SiteMarks[] => {
      if (!isObject(one)) return [];
      const { site, marks } = one;
      if (typeof site !== "string" || site.length > MAX_LENGTH) return [];
      return [{ site, marks: list(marks).slice(0, MAX_MARKS).flatMap(readMark) }];
    });

/** Whether it can be a key, of a finding that this version knows. */
export const isMarkKey = (key: unknown): key is string =>
  typeof key === "string" && key.length <= MAX_LENGTH && isFindingId(key.split(" ", 1)[0] ?? "");

function readMark(value: unknown): Mark[] {
  if (!isObject(value)) return [];
  const { key, as, at } = value;
  if (!isMarkKey(key)) return [];
  if ((as !== "done" && as !== "ignored") || typeof at !== "number" || !Number.isFinite(at)) return [];
  return [{ key, as, at }];
}

const list = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);

/** @param mark null: takes the mark away */
export function withMark(
  stored: unknown,
  site: string,
  key: string,
  mark: Omit<Mark, "key"> | null,
): readonly SiteMarks[] {
  const all = readMarks(stored);
  const others = (all.find((one) => one.site === site)?.marks ?? []).filter((one) => one.key !== key);
  const marks = mark === null ? others : [{ key, ...mark }, ...others].slice(0, MAX_MARKS);
  const rest = all.filter((one) => one.site !== site);
  return (marks.length > 0 ? [{ site, marks }, ...rest] : rest).slice(0, MAX_SITES);
}
