/** Parses numbers that the user typed. Pure. */

/** Also accepts a decimal comma. null: not a number. */
export function readNumber(text: string): number | null {
  const plain = text.trim().replace(",", ".");
  return /^\d+(\.\d+)?$/.test(plain) ? Number(plain) : null;
}

export type Seconds =
  { readonly ok: true; readonly seconds: number } | { readonly ok: false; readonly problem: string };

export function readSeconds(text: string, max: number): Seconds {
  const trimmed = text.trim().replace(",", ".");
  if (trimmed === "") return { ok: false, problem: "a number of seconds" };
  const seconds = readNumber(trimmed);
  if (seconds === null) return { ok: false, problem: `"${trimmed}" is not a number of seconds` };
  if (seconds <= 0) return { ok: false, problem: "more than 0 seconds" };
  if (seconds > max) return { ok: false, problem: `at most ${max} seconds` };
  return { ok: true, seconds };
}
