import type { PageId } from "../core/model/types.ts";
import type { Settings } from "../core/settings.ts";
import type { StoredPage } from "../core/stored-page.ts";

/**
 * Chooses the pages that must go: whole recordings, oldest first, never a pinned one.
 * Too old: nothing was added for `maxAge`. Too much: until the rest fits `maxTotalSize` (pinned ones count).
 */
export function enforceRetention(
  pages: readonly StoredPage[],
  limits: Pick<Settings, "maxAge" | "maxTotalSize">,
  now: number,
): StoredPage[] {
  const recordings = new Map<PageId, StoredPage[]>();
  for (const page of pages) recordings.set(page.recording, [...(recordings.get(page.recording) ?? []), page]);
  const byAge = [...recordings.values()]
    .map((own) => ({
      own,
      lastAt: Math.max(...own.map((page) => page.lastAt)),
      bytes: own.reduce((sum, page) => sum + page.bytes, 0),
      pinned: own.some((page) => page.pinned),
    }))
    .sort((a, b) => a.lastAt - b.lastAt);
  let total = byAge.reduce((sum, recording) => sum + recording.bytes, 0);
  const goes: StoredPage[] = [];
  for (const { own, lastAt, bytes, pinned } of byAge) {
    if (pinned || (now - lastAt <= limits.maxAge && total <= limits.maxTotalSize)) continue;
    goes.push(...own);
    total -= bytes;
  }
  return goes;
}
