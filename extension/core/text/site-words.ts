/** Where Hubscope runs, in words: for the popup and the panel. */
import type { SiteChoice } from "../settings.ts";
import { allPorts, type SiteState } from "../sites.ts";
import { readableSite } from "../punycode.ts";

export interface SiteWords {
  readonly title: string;
  readonly text: string;
}

/** Why Hubscope doesn't run in a page, and what to do. */
export function whyNotRunning(
  state: Exclude<SiteState, "running">,
  site: string | null,
  { where }: SiteChoice,
  firefox: boolean,
): SiteWords {
  switch (state) {
    case "excluded":
      return {
        title: `Hubscope doesn't run on ${site === null ? "this site" : readableSite(site)}`,
        text:
          where === "only"
            ? "It runs only on the sites that you chose. Pages of other sites get none of its scripts."
            : "You excluded this site. Its pages are loaded without Hubscope's scripts.",
      };
    case "withheld":
      return {
        title: "Your browser doesn't let Hubscope run on this site",
        text: firefox
          ? "To allow it: open about:addons, choose Hubscope, then Permissions, and turn on access to your data for all websites. Then reload the page."
          : "To allow it: open chrome://extensions, choose Details of Hubscope, and change Site access. Then reload the page.",
      };
    case "impossible":
      return {
        title: "Hubscope can't run on this page",
        text: "Browsers don't allow extensions on their own pages and stores.",
      };
    case "silent":
      return {
        title: "The page doesn't answer",
        text: "It may be busy, or paused in the debugger. If it doesn't recover, reload it.",
      };
    case "not-loaded":
      return {
        title: "Reload the page to start Hubscope",
        text: "This page was loaded without Hubscope. If a reload doesn't help, the browser doesn't allow extensions here.",
      };
  }
}

export function whereItRuns({ where, only, except }: SiteChoice): string {
  switch (where) {
    case "everywhere":
      return "Hubscope runs on all sites.";
    case "only":
      return only.length === 0
        ? "Hubscope runs nowhere: no site is chosen."
        : `Hubscope runs only on ${listed(only)}.`;
    case "except":
      return `Hubscope runs on all sites except ${listed(except)}.`;
  }
}

const MAX_LISTED = 3;

function listed(sites: readonly string[]): string {
  const names = sites.slice(0, sites.length > MAX_LISTED ? MAX_LISTED - 1 : MAX_LISTED).map(readableSite);
  const rest = sites.length - names.length;
  const last = rest > 0 ? `${rest} more` : names.pop();
  return names.length === 0 ? (last ?? "") : `${names.join(", ")} and ${last ?? ""}`;
}

/** All sites of the list in force, one a line; "": `whereItRuns` names them all. */
export function allListed({ where, only, except }: SiteChoice): string {
  const sites = where === "only" ? only : where === "except" ? except : [];
  return sites.length > MAX_LISTED ? sites.map(readableSite).join("\n") : "";
}

/** What a switch for the site of a page includes beyond that page's own port; "": nothing. */
export const portsIncluded = ({ site, origin, firefox }: SwitchableSite): string =>
  firefox && site !== null && origin !== null && /:\d+$/.test(origin) ? allPorts(site) : "";

interface SwitchableSite {
  readonly site: string | null;
  readonly origin: string | null;
  readonly firefox: boolean;
}
