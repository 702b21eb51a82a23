/** Texts in XML 1.0. Characters that it can't have are written out. */
import { visibleText } from "../../core/text/visible-text.ts";

const ENTITIES: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "\t": "&#9;",
  "\n": "&#10;",
  "\r": "&#13;",
};

export const xmlText = (text: string): string =>
  visibleText(text)
    .replaceAll(/[\ufffe\uffff]/g, "\ufffd")
    .replaceAll(/[&<>"]/g, (c) => ENTITIES[c] ?? c);

const xmlAttribute = (text: string): string => xmlText(text).replaceAll(/[\t\n\r]/g, (c) => ENTITIES[c] ?? c);

export const attributes = (all: Readonly<Record<string, string | number>>): string =>
  Object.entries(all)
    .map(([name, value]) => ` ${name}="${xmlAttribute(String(value))}"`)
    .join("");
