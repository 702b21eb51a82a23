/**
 * Registers the content scripts for the sites that the user has chosen: on any other site a page has none of them. The manifest
 * has no content scripts, because those can't be withdrawn. By the browsers' documentation registrations outlast the browser
 * session, but not an update of the extension in Chromium: so they are compared whenever the background starts.
 */
import browser, { type Scripting } from "webextension-polyfill";
import { patternsOf, readSite } from "../core/sites.ts";
import type { SiteChoice } from "../core/settings.ts";
import type { Store } from "../store/store.ts";
import { inFirefox } from "./suspend-in-cache.ts";

interface ContentScript {
  readonly file: string;
  readonly world: "MAIN" | "ISOLATED";
}

/** In every page where Hubscope runs, in this order. */
export const CONTENT_SCRIPTS: readonly ContentScript[] = [
  { file: "sentinel.js", world: "MAIN" },
  { file: "wake.js", world: "ISOLATED" },
];

type Registration = Required<Omit<Scripting.RegisteredContentScript, "css" | "cssOrigin">>;

/** None if there is no site to run on. */
function registrationsFor(choice: SiteChoice): Registration[] {
  const matches = choice.where === "only" ? patternsOfAll(choice.only) : ["<all_urls>"];
  if (matches.length === 0) return [];
  const excludeMatches = choice.where === "except" ? patternsOfAll(choice.except) : [];
  return CONTENT_SCRIPTS.map(({ file, world }) => ({
    id: file,
    js: [file],
    world,
    matches,
    excludeMatches,
    runAt: "document_start",
    allFrames: true,
    matchOriginAsFallback: true,
    persistAcrossSessions: true,
  }));
}

/** One bad pattern would make the browser reject the whole registration. */
const patternsOfAll = (sites: readonly string[]): string[] => {
  const patterns = sites.flatMap((text) => {
    const read = readSite(text, !inFirefox());
    return "site" in read ? patternsOf(read.site) : [];
  });
  return [...new Set(patterns)];
};

let last: Promise<void> = Promise.resolve();

/** Brings the registrations in line with the settings. Changes take effect in pages that are loaded after that. */
export function registerContentScripts(store: Pick<Store, "settings">): Promise<void> {
  // If it fails: a background that was stopped a moment ago may have registered them in between.
  const own = last.catch(() => undefined).then(() => register(store).catch(() => register(store)));
  last = own;
  return own;
}

async function register(store: Pick<Store, "settings">): Promise<void> {
  const [{ sites }, registered] = await Promise.all([
    store.settings(),
    browser.scripting.getRegisteredContentScripts(),
  ]);
  const wanted = registrationsFor(sites);
  const known = new Map(registered.map((script) => [script.id, script]));
  const obsolete = registered.flatMap(({ id }) => (wanted.some((one) => one.id === id) ? [] : [id]));
  if (obsolete.length > 0) await browser.scripting.unregisterContentScripts({ ids: obsolete });
  const added = wanted.filter(({ id }) => !known.has(id));
  if (added.length > 0) await browser.scripting.registerContentScripts(added);
  // Updated in place: in between, a page that is being loaded would get no script.
  const changed = wanted.filter((one) => {
    const now = known.get(one.id);
    return now !== undefined && !isSame(now, one);
  });
  if (changed.length > 0) await browser.scripting.updateContentScripts(changed);
}

const isSame = (now: Scripting.RegisteredContentScript, wanted: Registration): boolean =>
  isSameSet(now.js?.map(fileOf), wanted.js) &&
  isSameSet(now.matches, wanted.matches) &&
  isSameSet(now.excludeMatches, wanted.excludeMatches);

/** The browser may return them in another order. */
const isSameSet = (now: readonly string[] = [], wanted: readonly string[]): boolean =>
  JSON.stringify([...now].sort()) === JSON.stringify([...wanted].sort());

/** The browser may return a file with its complete address. */
const fileOf = (file: string): string => file.replace(browser.runtime.getURL(""), "").replace(/^\//, "");
