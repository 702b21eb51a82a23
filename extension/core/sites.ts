/**
 * The sites on which Hubscope runs. A site is a host name with its subdomains, or with a port: `example.com`,
 * `localhost:5000`. A browser whose match patterns know no ports (Firefox) gets sites without one.
 */
import type { SiteChoice } from "./settings.ts";
import { readableSite } from "./punycode.ts";

/** Whether Hubscope runs in a page. */
export type SiteState =
  | "running"
  /** Not by the user's settings. */
  | "excluded"
  /** Not by the browser's own settings. */
  | "withheld"
  /** One of the browser's own pages, or a store. */
  | "impossible"
  /** It would run after a reload. */
  | "not-loaded"
  /** Not known: the page doesn't answer. */
  | "silent";

export type ReadSite = { readonly site: string; readonly note?: string } | { readonly error: string };

const EXAMPLE = "Write a host name, such as example.com or localhost:5000.";
const MAX_LENGTH = 260;

/** Reads a site as somebody has typed or pasted it, an address included. */
export function readSite(text: string, ports: boolean): ReadSite {
  if (/^(\*:\/\/)?\*(\/\*?)?$|^<all_urls>$/.test(text.trim()))
    return { error: "For all sites, choose “On all sites”." };
  const typed = text.trim().replace(/^\*\./, "");
  if (typed === "") return { error: EXAMPLE };
  const scheme = /^([a-z][a-z0-9+.-]*):\/\//i.exec(typed)?.[1]?.toLowerCase();
  if (scheme !== undefined && !["http", "https", "ws", "wss"].includes(scheme))
    return { error: "Hubscope can be set for http and https sites only." };
  if (typed.includes("*")) return { error: "No * is needed: example.com includes its subdomains." };
  const rest = typed.replace(/^[a-z+.-]+:\/\//i, "");
  const address = `${scheme === "https" || scheme === "wss" ? "https" : "http"}://${rest}`;
  if (/^[\d.]+\/\d+$/.test(typed))
    return { error: "A range of addresses can't be chosen. Write each address, or choose another option." };
  if (/^[\da-f]*:[\da-f]*:[\da-f:.]*$/i.test(rest))
    return { error: "Write an IPv6 address in brackets, such as [::1] or [::1]:5000." };
  const noSite = { error: `“${typed.slice(0, 60)}” is not a site. ${EXAMPLE}` };
  // Not every browser's parser rejects blanks and user names.
  if (/[\s@]/.test(typed) || typed.length > MAX_LENGTH || !URL.canParse(address)) return noSite;
  const { hostname, port: other } = new URL(address);
  // The parser leaves out the scheme's own port. Without a scheme it was typed on purpose.
  const port = other === "" && scheme === undefined && /:80(?=[/?#]|$)/.test(rest) ? "80" : other;
  if (port === "0") return noSite;
  const host = hostname.replace(/\.$/, "");
  if (!/^(\[[\da-f:.]+\]|[a-z\d_]([\w-]*\w)?(\.[a-z\d_]([\w-]*\w)?)*)$/i.test(host)) return noSite;
  // The parser completes numbers: 192.168.1 means 192.168.0.1.
  if (isNumeric(host) && !host.startsWith("[") && !rest.startsWith(host))
    return { error: "Write all four numbers of the address, such as 192.168.0.1." };
  const site = port === "" || !ports ? host : `${host}:${port}`;
  const notes = [
    ...(port === "" || ports ? [] : [allPorts(host)]),
    ...(isShort(host) ? [`This includes every site whose name ends in .${readableSite(host)}.`] : []),
  ];
  return notes.length === 0 ? { site } : { site, note: notes.join(" ") };
}

/** For a browser whose match patterns know no ports. */
export const allPorts = (host: string): string =>
  `Firefox doesn't tell ports apart: ${readableSite(host)} includes all of its ports.`;

/** Maybe a computer of the local network; maybe a whole top-level domain. */
const isShort = (host: string): boolean => !/[.:]/.test(host) && host !== "localhost";

/** The site of a page; null: it is none that can be chosen, such as a file. */
export function siteOf(url: string, ports: boolean): string | null {
  if (!/^https?:/.test(url) || !URL.canParse(url)) return null;
  const read = readSite(ports ? new URL(url).host : new URL(url).hostname, ports);
  return "site" in read ? read.site : null;
}

const isNumeric = (host: string): boolean => host.startsWith("[") || /^[\d.]+$/.test(host);

const split = (site: string): { readonly host: string; readonly port: string } => {
  const port = /:(\d+)$/.exec(site)?.[1] ?? "";
  return { host: port === "" ? site : site.slice(0, -port.length - 1), port };
};

/** Whether a page with this address belongs to the site. */
export function covers(site: string, url: string): boolean {
  if (!/^https?:/.test(url) || !URL.canParse(url)) return false;
  const { host, port } = split(site);
  const { hostname, port: own, protocol } = new URL(url);
  if (port !== "" && port !== (own || (protocol === "https:" ? "443" : "80"))) return false;
  return hostname === host || (!isNumeric(host) && hostname.endsWith(`.${host}`));
}

/** Whether Hubscope runs on a page with this address. Files and the like belong to no site. */
export function runsAt({ where, only, except }: SiteChoice, url: string): boolean {
  switch (where) {
    case "everywhere":
      return true;
    case "only":
      return only.some((site) => covers(site, url));
    case "except":
      return !except.some((site) => covers(site, url));
  }
}

/** The choice after Hubscope was switched on or off for the site of `url`. */
export function switchedAt(choice: SiteChoice, url: string, site: string, on: boolean): SiteChoice {
  const others = (sites: readonly string[]): string[] => sites.filter((one) => !covers(one, url));
  switch (choice.where) {
    case "everywhere":
      // An older list of exceptions isn't in force: it must not come back with this one.
      return on ? choice : { ...choice, where: "except", except: [site] };
    case "only":
      return { ...choice, only: on ? [...others(choice.only), site] : others(choice.only) };
    case "except": {
      const except = on ? others(choice.except) : [...others(choice.except), site];
      return { ...choice, where: except.length === 0 ? "everywhere" : "except", except };
    }
  }
}

/** The browser's match patterns for a site. In Chromium a pattern with a port needs a scheme. */
export function patternsOf(site: string): string[] {
  const { host, port } = split(site);
  const hosts = isNumeric(host) ? host : `*.${host}`;
  return port === "" ? [`*://${hosts}/*`] : [`http://${hosts}:${port}/*`, `https://${hosts}:${port}/*`];
}

/** Adds what was typed to a list of sites. */
export function addSite(sites: readonly string[], text: string, ports: boolean): ReadSite {
  const read = readSite(text, ports);
  if ("error" in read) return read;
  const { site } = read;
  if (sites.includes(site)) return { error: `${readableSite(site)} is in the list already.` };
  const { host, port } = split(site);
  const covering = sites.find(
    (one) => covers(one, `http://${host}:${port || "80"}/`) && split(one).port === "",
  );
  return covering === undefined
    ? read
    : { error: `${readableSite(covering)} includes ${readableSite(site)} already.` };
}
