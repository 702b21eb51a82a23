/**
 * CSV as RFC 4180 has it, in UTF-8 with a byte order mark, without which Excel takes it for another encoding.
 *
 * Texts come from pages and servers, and a spreadsheet takes a cell for a formula by how it begins. Such a text gets an apostrophe in front
 * (https://owasp.org/www-community/attacks/CSV_Injection). The same goes for what follows a semicolon, a tab or a new line inside of it:
 * where the decimal mark is a comma Excel separates cells by semicolons, and doesn't respect the quotes then. Numbers are written as they are.
 */
/** null: nothing is known. */
export type Cell = string | number | boolean | null;

/** Also the wide forms of the signs, which Excel in Japanese and Chinese reads as the others. */
const BEGINS_FORMULA = /^(?=[ "']{0,3}[=+\-@＝＋－＠]|[\t\r])/;
const FORMULA_INSIDE = /([;\t\r\n])(?=[ "']{0,3}[=+\-@＝＋－＠])/g;
const NEEDS_QUOTES = /[",;\t\r\n]|^\s|\s$/;

const BYTE_ORDER_MARK = "\u{feff}";

function csvCell(value: Cell): string {
  if (value === null) return "";
  if (typeof value === "number") return Number.isFinite(value) ? String(value) : "";
  if (typeof value === "boolean") return value ? "yes" : "no";
  const safe = value.replace(BEGINS_FORMULA, "'").replaceAll(FORMULA_INSIDE, "$1'");
  return NEEDS_QUOTES.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

const csvRow = (cells: readonly Cell[]): string => `${cells.map(csvCell).join(",")}\r\n`;

/** Milliseconds, to the microsecond. */
export const exact = (ms: number): number => Math.round(ms * 1_000) / 1_000;

/** A column: its title, and its cell in the row of an item. */
export type Columns<Item> = Readonly<Record<string, (item: Item) => Cell>>;

export const csvHead = (columns: Columns<never>): string => BYTE_ORDER_MARK + csvRow(Object.keys(columns));

/** Makes rows. */
export function csvRows<Item>(columns: Columns<Item>): (item: Item) => string {
  const cells = Object.values(columns);
  return (item) => csvRow(cells.map((cell) => cell(item)));
}
