import type { PageId } from "../core/ids.ts";
import type { Settings } from "../core/settings.ts";
import type { StoredPage } from "./stored-page.ts";
import type { Bytes, EpochMilliseconds, Milliseconds } from "../core/units.ts";

/** A recording with newer events than this is still running. */
const STILL_GOES_ON: Milliseconds = 5 * 60_000;
/** Trimmed to this part of the limit, so that it isn't repeated with every append. */
const TRIMMED_TO = 0.9;

export interface Retention {
  /** Pages to be removed. */
  readonly goes: readonly StoredPage[];
  /** Pages whose oldest events are to be removed. */
  readonly trims: readonly StoredPage[];
  readonly excess: Bytes;
}

/**
 * Decides what is removed: whole recordings, oldest first, but no pinned or running ones. If that isn't enough, pages of
 * running recordings that have ended themselves; then running ones are trimmed. A recording is too old when nothing was added
 * for `maxAge`. Pinned ones count for `maxTotalSize`.
 */
export function planRetention(
  pages: readonly StoredPage[],
  limits: Pick<Settings, "maxAge" | "maxTotalSize">,
  now: EpochMilliseconds,
): Retention {
  const recordings = gatherByAge(pages);
  let total = recordings.reduce((sum, { bytes }) => sum + bytes, 0);
  const goes: StoredPage[] = [];
  const trims: StoredPage[] = [];
  for (const { own, lastAt, bytes, pinned } of recordings) {
    if (pinned) continue;
    if (now - lastAt < STILL_GOES_ON && !own.every(({ ended }) => ended)) trims.push(...own);
    else if (now - lastAt > limits.maxAge || total > limits.maxTotalSize) {
      goes.push(...own);
      total -= bytes;
    }
  }
  for (const page of trims.filter(({ ended }) => ended)) {
    if (total <= limits.maxTotalSize) break;
    trims.splice(trims.indexOf(page), 1);
    goes.push(page);
    total -= page.bytes;
  }
  const isOver = total > limits.maxTotalSize;
  return isOver
    ? { goes, trims, excess: total - limits.maxTotalSize * TRIMMED_TO }
    : { goes, trims: [], excess: 0 };
}

/** The oldest recordings with at least `bytes` in total, to be removed when the disk is full. Never `current`. */
export function oldestRecordings(
  pages: readonly StoredPage[],
  current: PageId,
  bytes: Bytes,
): readonly StoredPage[] {
  const goes: StoredPage[] = [];
  let freed = 0;
  for (const recording of gatherByAge(pages)) {
    if (recording.pinned || recording.id === current) continue;
    if (freed >= bytes) break;
    goes.push(...recording.own);
    freed += recording.bytes;
  }
  return goes;
}

interface Gathered {
  readonly id: PageId;
  readonly own: readonly StoredPage[];
  readonly lastAt: EpochMilliseconds;
  readonly bytes: Bytes;
  readonly pinned: boolean;
}

/** Oldest first. The age of an imported recording is the time since it was opened. */
function gatherByAge(pages: readonly StoredPage[]): Gathered[] {
  const recordings = new Map<PageId, StoredPage[]>();
  for (const page of pages) {
    const own = recordings.get(page.recording);
    if (own) own.push(page);
    else recordings.set(page.recording, [page]);
  }
  return [...recordings]
    .map(([id, own]) => ({
      id,
      own,
      lastAt: own.reduce((last, page) => Math.max(last, page.importedAt ?? page.lastAt), 0),
      bytes: own.reduce((sum, page) => sum + page.bytes, 0),
      pinned: own.some((page) => page.pinned),
    }))
    .sort((a, b) => a.lastAt - b.lastAt);
}
