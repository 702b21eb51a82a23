/** Addresses of hubs in one normalised form, so that they can be compared. */

/** An address without query and fragment, http(s) for ws(s). */
export const addressOf = (url: string): string => url.replace(/[?#].*$/s, "").replace(/^ws(s?):/i, "http$1:");

/** The URL of a hub, from any URL that belongs to it: no query, no `/negotiate`, http(s) for ws(s), no final slash. */
export const hubUrlOf = (url: string): string =>
  addressOf(url)
    .replace(/\/negotiate$/, "")
    .replace(/\/+$/, "");

/** The path of a URL, for display; the whole text when it isn't an absolute URL. */
export const pathOf = (url: string): string =>
  /^[a-z][a-z0-9+.-]*:\/\/[^/]*(\/[^?#]*)/i.exec(url)?.[1] ?? url;

/** Scheme, host and port, http(s) for ws(s); "" when it isn't an absolute URL. */
export const originOf = (url: string): string => /^https?:\/\/[^/]+/i.exec(addressOf(url))?.[0] ?? "";

/** Host and port; "" when it isn't an absolute URL. */
export const hostOf = (url: string): string => /^[a-z][a-z0-9+.-]*:\/\/([^/?#]*)/i.exec(url)?.[1] ?? "";

/**
 * The host is Azure SignalR Service: in the public cloud, the US Government cloud or China.
 * https://learn.microsoft.com/azure/azure-signalr/signalr-concept-internals
 */
export const isAzureHost = (host: string): boolean =>
  /(?:^|\.)service\.signalr\.(?:net|azure\.\w+)(?::\d+)?$/i.test(host);
