/**
 * A proxy's page of HTML says one thing, in its title or its first heading; the rest is markup. The client puts such pages
 * whole into its errors.
 */
const PAGE = /<(?:!doctype\b[^>]*|html\b[^>]*|head\b[^>]*|title)>[\s\S]*/i;
const END = /<\/html>(?:\s|<!--[\s\S]*?-->)*/i;
const LONGEST = 200;

/** @returns the text with a page of HTML in it replaced by its title */
export function plainWords(text: string): string {
  const begin = text.search(PAGE);
  if (begin < 0) return text;
  const page = text.slice(begin);
  const end = END.exec(page);
  const after = end ? page.slice(end.index + end[0].length) : "";
  return `${text.slice(0, begin)}${titleOf(page)}${after}`.trim();
}

function titleOf(page: string): string {
  const title = /<title[^>]*>([\s\S]*?)<\/title>/i.exec(page) ?? /<h1[^>]*>([\s\S]*?)<\/h1>/i.exec(page);
  const words = (title?.[1] ?? "")
    .replace(/<[^>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return words === "" ? "a page of HTML" : words.slice(0, LONGEST);
}

/** A page of HTML, and nothing else. */
export const isHtml = (text: string | null | undefined): boolean =>
  typeof text === "string" && /^\s*<(?:!doctype|html|head|title)\b/i.test(text);
