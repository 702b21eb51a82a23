/** The documents of a log, and which request belongs to which. */
import { isTime } from "../events/field-types.ts";
import { isObject } from "../is-object.ts";
import type { EpochMilliseconds, Milliseconds } from "../units.ts";
import { isRedirect, readEntry, type HarEntry } from "./entry.ts";

/** An entry, and the object that it was read from. */
export interface Logged {
  readonly entry: HarEntry;
  readonly raw: Readonly<Record<string, unknown>>;
}

/** A document, or a worker, with its requests. */
export interface HarDocument {
  readonly url: string;
  readonly openedAt: EpochMilliseconds | undefined;
  readonly isDocument: boolean;
  /** When it was left for the next one. null: not in this log. */
  readonly leftAt: EpochMilliseconds | null;
  /** In order of time. Only those that may be SignalR's. */
  readonly requests: readonly Logged[];
}

/** A browser follows a redirect at once. */
const FOLLOWED_WITHIN: Milliseconds = 1_000;

interface Loaded {
  readonly url: string;
  readonly t: EpochMilliseconds;
}

interface Group {
  readonly requests: Logged[];
  /** The documents that were loaded in it. A reload is in the same group in some logs. */
  readonly loaded: Loaded[];
  /** By the address where they lead: requests that were redirected, as their place in `requests`. */
  readonly redirected: Map<string, number>;
}

export function documentsIn(
  log: Readonly<Record<string, unknown>>,
  entries: readonly unknown[],
): HarDocument[] {
  const named = namedPages(log["pages"]);
  const groups = new Map<string, Group>();
  for (const raw of entries) {
    if (!isObject(raw)) continue;
    const page = typeof raw["pageref"] === "string" ? raw["pageref"] : undefined;
    const entry = readEntry(raw);
    if (follows(raw, entry, groups.get(page ?? `script ${entry?.scripts.at(-1) ?? ""}`))) continue;
    const document = documentOf(raw);
    if (!entry && !document) continue;
    const own = page ?? `script ${entry?.scripts.at(-1) ?? ""}`;
    const group = groups.get(own) ?? { requests: [], loaded: [], redirected: new Map<string, number>() };
    groups.set(own, group);
    if (document) group.loaded.push(document);
    if (!entry) continue;
    group.requests.push({ entry, raw });
    if (isRedirect(entry)) group.redirected.set(withoutHash(entry.redirectedTo), group.requests.length - 1);
  }
  return [...groups].flatMap(([own, group]) => split(group, named.get(own), named.size === 0));
}

/**
 * Where a browser follows a redirect, a log has the next request as an entry of its own; for the page both are one, with the last answer.
 * @returns whether it is the next one of such a request
 */
function follows(raw: Logged["raw"], known: HarEntry | null, group: Group | undefined): boolean {
  const { request } = raw;
  if (!group || group.redirected.size === 0 || !isObject(request) || typeof request["url"] !== "string")
    return false;
  const url = withoutHash(request["url"]);
  const place = group.redirected.get(url);
  const first = place === undefined ? undefined : group.requests[place];
  const last = known ?? readEntry(raw, true);
  if (place === undefined || !first || !last || documentOf(raw)) return false;
  const after = last.startedAt - (first.entry.endedAt ?? Infinity);
  if (last.startedAt < first.entry.startedAt || after > FOLLOWED_WITHIN) return false;
  group.redirected.delete(url);
  const { endedAt, status, statusText, error, body, gotHeader, byServiceWorker } = last;
  const redirectedTo = isRedirect(last) ? last.redirectedTo : url;
  if (isRedirect(last)) group.redirected.set(withoutHash(redirectedTo), place);
  // Without its content the last answer says less than the redirect.
  else if (status === null || typeof body !== "string") return true;
  const entry = { ...first.entry, endedAt, status, statusText, error, body, gotHeader };
  group.requests[place] = { ...first, entry: { ...entry, byServiceWorker, redirectedTo } };
  return true;
}

const withoutHash = (url = ""): string => url.replace(/#.*/s, "");

/** A group is one document, or several one after the other. */
function split({ requests, loaded }: Group, page: Loaded | undefined, noPages: boolean): HarDocument[] {
  loaded.sort((a, b) => a.t - b.t);
  requests.sort((a, b) => a.entry.startedAt - b.entry.startedAt);
  const begins = loaded.length > 1 ? loaded : loaded.slice(0, 1);
  const isDocument = page !== undefined || loaded.length > 0;
  if (begins.length === 0) {
    const said = saidBy(requests);
    const url = page?.url || said.url;
    // A log without pages: only a script of its own makes a worker of it.
    const isPage = isDocument || (noPages && !said.isScript);
    return [{ url, openedAt: page?.t, isDocument: isPage, leftAt: null, requests }];
  }
  return begins.map(({ url, t }, i) => {
    const next = begins[i + 1]?.t ?? Infinity;
    const from = i === 0 ? -Infinity : t;
    return {
      ...{ url, openedAt: t, isDocument: true, leftAt: next === Infinity ? null : next },
      requests: requests.filter(({ entry }) => entry.startedAt >= from && entry.startedAt < next),
    };
  });
}

/** null: it is no request for a document of the page itself. */
function documentOf({ request, startedDateTime, _resourceType: type }: Logged["raw"]): Loaded | null {
  if (!isObject(request) || typeof request["url"] !== "string" || request["method"] !== "GET") return null;
  const to = destinationOf(request["headers"]);
  if (to === undefined ? type !== "document" : to !== "document") return null;
  const t = typeof startedDateTime === "string" ? Date.parse(startedDateTime) : NaN;
  return isTime(t) ? { url: request["url"].slice(0, LONGEST_URL), t } : null;
}

/** An iframe's document has another one. */
function destinationOf(headers: unknown): string | undefined {
  for (const header of Array.isArray(headers) ? (headers.slice(0, 200) as readonly unknown[]) : [])
    if (isObject(header) && String(header["name"]).toLowerCase() === "sec-fetch-dest")
      return String(header["value"]);
  return undefined;
}

const LONGEST_URL = 100_000;

/** Chrome's and Safari's title of a page is its address; Firefox's and Playwright's is the title that people see. */
function namedPages(pages: unknown): ReadonlyMap<string, Loaded> {
  const named = new Map<string, Loaded>();
  for (const page of Array.isArray(pages) ? (pages as readonly unknown[]) : []) {
    if (!isObject(page) || typeof page["id"] !== "string") continue;
    const { title, startedDateTime } = page;
    const t = typeof startedDateTime === "string" ? Date.parse(startedDateTime) : NaN;
    if (!isTime(t)) continue;
    const isAddress = typeof title === "string" && /^[a-z][a-z0-9+.-]*:\/\//i.test(title);
    named.set(page["id"], { url: isAddress ? title.slice(0, LONGEST_URL) : "", t });
  }
  return named;
}

/** What its requests say of a page that the log doesn't name. */
function saidBy(requests: readonly Logged[]): { readonly url: string; readonly isScript: boolean } {
  for (const { entry } of requests) {
    const script = entry.scripts.at(-1);
    const said = script ?? entry.sentHeader("Referer") ?? entry.sentHeader("Origin");
    if (said !== undefined) return { url: said, isScript: script !== undefined };
  }
  return { url: "", isScript: false };
}
