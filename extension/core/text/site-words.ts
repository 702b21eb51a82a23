/** Where Hubscope runs, in words: for the popup and the panel. */
import type { SiteChoice } from "../settings.ts";
import type { SiteState } from "../sites.ts";
import { counted } from "./format.ts";

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
        title: `Hubscope doesn't run on ${site ?? "this site"}`,
        text:
          where === "only"
            ? "It runs only on the sites that you chose. Pages of other sites get none of its scripts."
            : "You excluded this site. Its pages get none of Hubscope's scripts when they are loaded.",
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
        : `Hubscope runs only on ${only.length === 1 ? (only[0] ?? "") : counted(only.length, "site")}.`;
    case "except":
      return `Hubscope runs on all sites except ${except.length === 1 ? (except[0] ?? "") : counted(except.length, "site")}.`;
  }
}
