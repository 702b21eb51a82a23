/** Groups stored pages into recordings: a top page and its frames. Pure. */
import type { PageId } from "../../extension/core/ids.ts";
import type { Bytes, EpochMilliseconds } from "../../extension/core/units.ts";
import type { StoredPage } from "../../extension/store/stored-page.ts";
import { visibleText } from "../../extension/core/text/visible-text.ts";

export interface Recording {
  readonly id: PageId;
  readonly url: string;
  readonly tabId: number;
  readonly browserSession: number;
  readonly startedAt: EpochMilliseconds;
  readonly lastAt: EpochMilliseconds;
  readonly events: number;
  readonly bytes: Bytes;
  readonly hubs: number;
  readonly interruptions: number;
  readonly pinned: boolean;
  readonly imported: string | null;
  readonly pages: readonly StoredPage[];
}

/** Newest first. */
export function gather(pages: readonly StoredPage[]): Recording[] {
  const byId = new Map<PageId, StoredPage[]>();
  for (const page of pages) {
    const own = byId.get(page.recording);
    if (own) own.push(page);
    else byId.set(page.recording, [page]);
  }
  return [...byId].flatMap(([id, own]) => oneRecording(id, own)).sort((a, b) => b.startedAt - a.startedAt);
}

function oneRecording(id: PageId, pages: readonly StoredPage[]): Recording[] {
  const sorted = [...pages].sort((a, b) => a.startedAt - b.startedAt);
  const top = sorted.find((page) => page.page === id) ?? sorted[0];
  if (!top) return [];
  const sum = (field: "events" | "bytes" | "hubs" | "interruptions"): number =>
    pages.reduce((total, page) => total + page[field], 0);
  return [
    {
      id,
      url: top.url,
      tabId: top.tabId,
      browserSession: top.browserSession,
      startedAt: sorted[0]?.startedAt ?? 0,
      lastAt: pages.reduce((last, page) => Math.max(last, page.lastAt), 0),
      events: sum("events"),
      bytes: sum("bytes"),
      hubs: sum("hubs"),
      interruptions: sum("interruptions"),
      pinned: pages.some((page) => page.pinned),
      imported: top.imported ?? null,
      pages: sorted,
    },
  ];
}

/** The running recording: the tab's newest in this browser session. Imported ones never are. */
export function liveOf(
  recordings: readonly Recording[],
  isTab: (tabId: number) => boolean,
  session: number,
): Recording | null {
  return recordings.find((recording) => isOfTab(recording, isTab, session)) ?? null;
}

/** Recorded in this tab in this browser session: tab ids are reused in later sessions. A page that was only prerendered isn't. */
export const isOfTab = (recording: Recording, isTab: (tabId: number) => boolean, session: number): boolean =>
  recording.imported === null &&
  isTab(recording.tabId) &&
  recording.browserSession === session &&
  !recording.pages.every((page) => page.prerendering);

/** "board.example", or the file's name. */
export function nameOf(recording: Pick<Recording, "url" | "imported">): string {
  return recording.imported === null ? hostOf(recording.url) : visibleText(recording.imported);
}

/** Limits the name: the address of a `data:` page contains the whole page. */
const LONGEST_NAME = 60;
const LONGEST_PATH = 300;

/** The host of an address; without one, the beginning of the address. */
export function hostOf(url: string): string {
  try {
    return new URL(url).host || url.slice(0, LONGEST_NAME);
  } catch {
    return url.slice(0, LONGEST_NAME);
  }
}

export function pathOf(url: string): string {
  try {
    return new URL(url).pathname.slice(0, LONGEST_PATH);
  } catch {
    return url.slice(0, LONGEST_PATH);
  }
}
