/**
 * Reads the SignalR connections of a whole log in the HAR format, whoever wrote it: Chrome, Edge, Firefox, Playwright, Fiddler, mitmproxy, or
 * Hubscope. Each document of the log becomes a page of the recording. Requests without a page are those of workers and of frames of another
 * site, as Chrome has them, or of a program that knows no pages.
 */
import type { RecordedEvent } from "../events/events.ts";
import { isObject } from "../is-object.ts";
import { omitUndefined } from "../omit-undefined.ts";
import { createUsedTokens } from "../redaction/used-tokens.ts";
import { readHarPage, type HarPageRead } from "./har-page.ts";
import { documentsIn } from "./har-pages.ts";

export interface HarFile {
  readonly pages: readonly HarPage[];
  /** Of all entries, also those that have nothing to do with SignalR. */
  readonly requests: number;
  /** Program that wrote it, if it says so. */
  readonly writtenBy: string;
  /** Of all pages: what could not be read, or is not in the file. */
  readonly missing: Readonly<Record<Missing, number>>;
  /** Pages with SignalR that are too many. */
  readonly morePages: number;
}

type Missing = Exclude<keyof HarPageRead, "events">;

export interface HarPage {
  readonly url: string;
  readonly events: readonly RecordedEvent[];
}

const MAX_PAGES = 100;

/** @param log the object "log" of the file. null: it is none */
export function readHarFile(log: unknown): HarFile | null {
  if (!isObject(log) || !Array.isArray(log["entries"])) return null;
  const entries = log["entries"] as readonly unknown[];
  const tokens = createUsedTokens();
  const pages: HarPage[] = [];
  const missing = { unread: 0, withoutFrames: 0, withoutAnswer: 0, streams: 0 };
  let morePages = 0;
  for (const document of documentsIn(log, entries)) {
    const { events, ...left } = readHarPage(document, tokens);
    for (const [what, count] of Object.entries(left) as [Missing, number][]) missing[what] += count;
    if (events.length === 0) continue;
    if (pages.length === MAX_PAGES) morePages++;
    else pages.push({ url: document.url, events });
  }
  return { pages, requests: entries.length, writtenBy: writtenBy(log["creator"]), missing, morePages };
}

const writtenBy = (creator: unknown): string => {
  const { name, version } = isObject(creator) ? omitUndefined(creator) : {};
  return [name, version].flatMap((one) => (typeof one === "string" ? [one.slice(0, 100)] : [])).join(" ");
};
