/**
 * What is written to the terminal. Texts of a recording come from a page or a server: their control characters are written out,
 * so that they can't move the cursor or colour a line.
 */
import type { Writable } from "node:stream";
import { visibleText } from "../core/text/visible-text.ts";
import type { Context } from "./context.ts";

/** On one line. */
export const plain = (text: string): string => visibleText(text.replaceAll(/[\t\r\n]+/g, " "));

/** With its lines. */
export const forTerminal = (text: string): string =>
  visibleText(text).replaceAll(/\r(?!\n)/g, String.raw`\u000D`);

/** JSON has control characters of its own only as escapes, but not those above U+007F. */
export const jsonFor = (stdout: Context["stdout"], value: object): string => {
  const text = `${JSON.stringify(value, null, 2)}\n`;
  return stdout.isTTY === true ? forTerminal(text) : text;
};

const CODES = { bold: 1, dim: 2, red: 31, green: 32, yellow: 33, cyan: 36 } as const;

export type Style = (style: keyof typeof CODES, text: string) => string;

/** Colours only on a terminal, and not where NO_COLOR is set (https://no-color.org). */
export function styleFor(stream: { readonly isTTY?: boolean }, env: Context["env"]): Style {
  const isPlain = stream.isTTY !== true || (env["NO_COLOR"] ?? "") !== "" || env["TERM"] === "dumb";
  return (style, text) => (isPlain ? text : `\u001b[${CODES[style]}m${text}\u001b[0m`);
}

/** Waits while the reader is slower. */
export function write(stream: Writable, data: string | Uint8Array): Promise<void> {
  return new Promise((resolve, reject) => {
    stream.write(data, (error) => {
      if (error) reject(error);
      else resolve();
    });
  });
}

export const note = ({ stderr }: Pick<Context, "stderr">, text: string): void => {
  stderr.write(`hubscope: ${plain(text)}\n`);
};
