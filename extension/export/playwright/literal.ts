/** Values as TypeScript, laid out as Prettier does it by default: whoever pastes it has nothing to format. */
import { redactText } from "../../core/redaction/redact.ts";
import { visibleText } from "../../core/text/visible-text.ts";

/** Of a line. */
export const WIDTH = 80;

/** Any text as a string literal: it can't end the literal, begin a comment, or look like something else. */
export function quoted(text: string): string {
  // JSON escapes control characters and lone surrogates; what else can't be seen is written out, too.
  const inside = visibleText(JSON.stringify(redactText(text)).slice(1, -1));
  const doubles = text.split('"').length - 1;
  const singles = text.split("'").length - 1;
  // The quotes of which it has fewer, as Prettier chooses them.
  return doubles > singles ? `'${inside.replaceAll('\\"', '"').replaceAll("'", "\\'")}'` : `"${inside}"`;
}

/** A text in a comment of one line. */
const inComment = (text: string): string => visibleText(redactText(text).replaceAll(/\s+/gu, " ")).trim();

/** The text as lines of comments, at most `WIDTH` long unless a word is longer; `mark` is before the first. */
export function comment(text: string, { indent = "", mark = "" } = {}): string[] {
  const lines: string[] = [];
  let line = "";
  let begin = mark;
  for (const word of inComment(text).split(" ")) {
    const longer = line === "" ? word : `${line} ${word}`;
    if (line !== "" && `${indent}// ${begin}${longer}`.length > WIDTH) {
      lines.push(`${indent}// ${begin}${line}`);
      begin = " ".repeat(mark.length);
      line = word;
    } else line = longer;
  }
  return [...lines, `${indent}// ${begin}${line}`];
}

/** "40_000": as figures are grouped. */
const figure = (value: number): string => {
  const [whole = "", fraction] = String(value).split(".");
  if (!/^-?\d+$/.test(whole)) return String(value);
  const grouped = whole.replaceAll(/\B(?=(?:\d{3})+$)/g, "_");
  return fraction === undefined ? grouped : `${grouped}.${fraction}`;
};

/**
 * Plain JSON as a literal. Its keys are names that need no quotes.
 * @param before what is in the first line before it, and `after` behind its last one
 */
export function literal(value: unknown, indent: string, before: number, after = 1): string {
  if (typeof value === "string") return quoted(value);
  if (typeof value === "number") return figure(value);
  if (Array.isArray(value)) return list(value, indent, before, after);
  if (typeof value === "object" && value !== null) return object(value, indent, before, after);
  return String(value);
}

function list(values: readonly unknown[], indent: string, before: number, after: number): string {
  const inner = `${indent}  `;
  const flat = values.map((one) => literal(one, inner, 0, 0));
  const objects = values.length > 1 && values.every(hasSeveralKeys);
  const line = `[${flat.join(", ")}]`;
  if (!objects && !line.includes("\n") && before + line.length + after <= WIDTH) return line;
  return `[\n${values.map((one) => `${inner}${literal(one, inner, inner.length)},\n`).join("")}${indent}]`;
}

const hasSeveralKeys = (value: unknown): boolean =>
  typeof value === "object" && value !== null && Object.keys(value).length > 1;

function object(value: object, indent: string, before: number, after: number): string {
  const entries = Object.entries(value).filter(([, one]) => one !== undefined);
  if (entries.length === 0) return "{}";
  const flat = entries.map(([key, one]) => `${key}: ${literal(one, "", 0, 0)}`);
  const line = `{ ${flat.join(", ")} }`;
  // Prettier leaves both forms as they are, where the short one fits.
  if (!line.includes("\n") && before + line.length + after <= WIDTH) return line;
  const inner = `${indent}  `;
  return `{\n${entries.map(([key, one]) => `${inner}${property(key, one, inner)},\n`).join("")}${indent}}`;
}

function property(key: string, value: unknown, indent: string): string {
  const start = `${key}: `;
  const text = literal(value, indent, indent.length + start.length);
  // A long string goes into a line of its own, unless that wins next to nothing.
  const wins = key.length > 4;
  if (wins && typeof value === "string" && indent.length + start.length + text.length + 1 > WIDTH)
    return `${key}:\n${indent}  ${text}`;
  return start + text;
}
