import { cutAtWord } from "./shortened.ts";

/**
 * The useful part of a proxy's HTML page is its title or first heading; the rest is markup, or the app's own content. The
 * client includes the whole page in its errors. Only the title is recorded, marked as such.
 */
const PAGE =
  /<(?:!doctype|html|head|body|title)\b[^<>]*>|^\s*<(?:h[1-6]|p|div|center|pre|table|script|style|meta|link)\b[^<>]*>/i;
const END = /<\/html>(?:\s|<!--[\s\S]*?-->)*/i;
const TITLE = /<title[^<>]*>([^<]*)<\/title>/i;
const HEADING = /<h1[^<>]*>([\s\S]{0,500}?)<\/h1>/i;
const COMMENTS = /^\s*(?:<!--[\s\S]{0,2000}?-->\s*)+/;
const LONGEST = 200;
const STANDS_FOR_IT = "HTML page";

/** @returns the text with a page of HTML in it replaced by its title: `HTML page "502 Bad Gateway"` */
export function plainWords(text: string): string {
  const begin = text.search(PAGE);
  if (begin < 0) return text;
  const page = text.slice(begin);
  const end = END.exec(page);
  const after = end ? page.slice(end.index + end[0].length) : "";
  return `${text.slice(0, begin).replace(COMMENTS, "")}${titleOf(page)}${after}`.trim();
}

function titleOf(page: string): string {
  const words = ((TITLE.exec(page) ?? HEADING.exec(page))?.[1] ?? "")
    .replace(/<[^<>]*>/g, " ")
    .replace(/\s+/g, " ")
    .trim();
  return words === "" ? STANDS_FOR_IT : `${STANDS_FOR_IT} "${cutAtWord(words, LONGEST)}"`;
}

/** Whether the text is just an HTML page, or what was recorded of one. */
export const isHtml = (text: string | null | undefined): boolean =>
  typeof text === "string" &&
  (RECORDED.test(text) || text.replace(COMMENTS, "").trimStart().search(PAGE) === 0);
const RECORDED = /^HTML page(?: ".*")?$/;
