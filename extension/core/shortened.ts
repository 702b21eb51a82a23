const MARK = "…";

/** The text in at most `longest` characters; what was cut ends with "…". */
export const shortened = (text: string, longest: number): string =>
  text.length <= longest ? text : text.slice(0, Math.max(0, longest - MARK.length)) + MARK;
