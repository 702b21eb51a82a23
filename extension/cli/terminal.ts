/**
 * What is written to the terminal. Texts of a recording come from a page or a server: their control characters are written out,
 * so that they can't move the cursor or colour a line.
 */
import { visibleText } from "../core/text/visible-text.ts";
import type { Context } from "./context.ts";

/** On one line. */
const plain = (text: string): string => visibleText(text.replaceAll(/[\t\r\n]+/g, " "));

export const note = ({ stderr }: Pick<Context, "stderr">, text: string): void => {
  stderr.write(`hubscope: ${plain(text)}\n`);
};
