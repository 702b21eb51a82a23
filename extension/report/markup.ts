/** HTML and SVG as text, safe by construction: everything put into a template is escaped unless it is markup itself. */
import { visibleText } from "../core/text/visible-text.ts";

export interface Markup {
  readonly markup: string;
}

type Part = Markup | readonly Part[] | string | number | null | undefined | false;

export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  let markup = strings[0] ?? "";
  for (const [i, part] of parts.entries()) markup += render(part) + (strings[i + 1] ?? "");
  return { markup };
}

function render(part: Part): string {
  if (part === null || part === undefined || part === false) return "";
  if (typeof part === "string") return escape(part);
  if (typeof part === "number") return String(part);
  if ("markup" in part) return part.markup;
  return part.map(render).join("");
}

const ESCAPES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

const escape = (text: string): string => visibleText(text).replace(/[&<>"']/g, (c) => ESCAPES[c] ?? c);
