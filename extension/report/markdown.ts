/**
 * Texts in GitHub's Markdown. What comes from a page or a server must neither become markup, nor mention or link anything: whoever files
 * the issue would notify strangers.
 */
import { visibleText } from "../core/text/visible-text.ts";

/** A space without width: between a sign and what it would mention, link or draw. */
const APART = "\u200b";

const onOneLine = (text: string): string => visibleText(text.replace(/\s+/g, " ").trim());

/** A sentence, which may hold texts of a page. */
export const prose = (text: string): string =>
  onOneLine(text)
    .replace(/[\\`*_[\]<>|~$]/g, "\\$&")
    .replace(/&/g, "&amp;")
    // An enumeration, a heading or a rule, if it is at the beginning of a line.
    .replace(/^(?:[#+=-]|\d+(?=[.)](?:\s|$)))/, (sign) => (/\d/.test(sign) ? `${sign}${APART}` : `\\${sign}`))
    .replace(/[@#](?=[\w\\])/g, `$&${APART}`)
    .replace(/\bGH-(?=\d)/gi, `$&${APART}`)
    .replace(/:(?=\/\/)|\bwww(?=\.)|:(?=[a-z][\w+-]*:|[+-]\d+:)/gi, `$&${APART}`);

/** A name, an address or an id: shown as it is, and GitHub looks for nothing in it. "" stays empty. */
export function code(text: string): string {
  const line = onOneLine(text)
    // A table ends its cell at a bar whatever is around it; after a backslash it can't be escaped.
    .replace(/\\\|/g, "\\ |")
    .replace(/\|/g, "\\|");
  if (line === "") return "";
  const longest = Math.max(0, ...(line.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  const room = line.startsWith("`") || line.endsWith("`") || line.endsWith("\\") ? " " : "";
  return `${fence}${room}${line}${room}${fence}`;
}

/** Several lines as they are. */
export function codeBlock(text: string, language = ""): string {
  const longest = Math.max(2, ...(text.match(/`+/g) ?? []).map(({ length }) => length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text.split("\n").map(visibleText).join("\n")}\n${fence}`;
}

/** Cells are Markdown already: of `prose` or `code`. */
export const table = (heads: readonly string[], rows: readonly (readonly string[])[]): string =>
  [heads, heads.map(() => "---"), ...rows].map((cells) => `| ${cells.join(" | ")} |`).join("\n");

/** Folded; `title` is Markdown of one line. The empty lines make GitHub read Markdown inside. */
export const folded = (title: string, content: string): string =>
  `<details>\n<summary>${title}</summary>\n\n${content}\n\n</details>`;
