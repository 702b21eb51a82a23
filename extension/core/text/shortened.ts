const MARK = "…";

/** The text in at most `longest` characters; what was cut ends with "…". */
export const shortened = (text: string, longest: number): string =>
  text.length <= longest ? text : text.slice(0, Math.max(0, longest - MARK.length)) + MARK;

/**
 * The same for a text that is redacted afterwards: it is cut between words, as a part of a secret may not be recognised.
 * Without a word boundary in its second half, the text is cut in the middle.
 */
export function cutAtWord(text: string, longest: number): string {
  if (text.length <= longest) return text;
  let end = longest - MARK.length;
  while (end > longest / 2 && !/[\s"'<>]/.test(text[end] ?? "")) end--;
  return text.slice(0, end) + MARK;
}
