/** One piece of what may stand before a script's first statement. */
const TRIVIA = /[\s\uFEFF]+|\/\/[^\n\r\u2028\u2029]*|\/\*[^]*?\*\//y;
const TEXT = /"(?:[^"\\\n\r]|\\[^])*"|'(?:[^'\\\n\r]|\\[^])*'/y;
const NEW_LINE = /[\n\r\u2028\u2029]/;
/** After a text on the line before: with these the expression goes on, so that no statement has ended. */
const GOES_ON = /(?!\+\+|--)[-+*/%,.([?&|^<>=`]|!=|in\b|instanceof\b/y;

/**
 * Whether a classic script begins with the directive "use strict". It counts only at the beginning: code in front of it has to begin
 * with its own, so that the script stays as strict as it was.
 * https://tc39.es/ecma262/#sec-directive-prologues-and-the-use-strict-directive
 */
export function isStrict(script: string): boolean {
  let at = 0;
  const read = (pattern: RegExp): string => {
    pattern.lastIndex = at;
    const found = pattern.exec(script)?.[0] ?? "";
    at += found.length;
    return found;
  };
  /** @returns whether there was a line break */
  const skip = (): boolean => {
    const from = at;
    while (read(TRIVIA) !== "");
    return NEW_LINE.test(script.slice(from, at));
  };
  for (;;) {
    skip();
    const text = read(TEXT);
    if (text === "") return false;
    const broken = skip();
    const next = script.charAt(at);
    const ends = next === "" || next === ";" || next === "}" || (broken && read(GOES_ON) === "");
    if (!ends) return false;
    if (text.slice(1, -1) === "use strict") return true;
    if (next === ";") at++;
  }
}

/** Whether code can stand in front of it on the same line: `#!` and `-->` are comments only at the beginning of one. */
export const takesCodeInFront = (script: string): boolean =>
  !script.startsWith("#!") && !/^(?:[^\S\n\r]|\/\*[^]*?\*\/)*-->/.test(script.slice(0, 10_000));
