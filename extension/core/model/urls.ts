/** The URL of a hub, from any URL that belongs to it: no query, no `/negotiate`, http(s) for ws(s), no final slash. */
export function hubUrlOf(url: string): string {
  const bare = url
    .replace(/[?#].*$/s, "")
    .replace(/\/negotiate$/, "")
    .replace(/\/+$/, "");
  return bare.replace(/^ws(s?):/i, "http$1:");
}

/** The path of a URL, for display; the whole text when it isn't an absolute URL. */
export function pathOf(url: string): string {
  return /^[a-z][a-z0-9+.-]*:\/\/[^/]*(\/[^?#]*)/i.exec(url)?.[1] ?? url;
}
