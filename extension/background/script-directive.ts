/** Spaces, comments and other directives (a string that ends its statement). Hashbangs have no place in workers. */
const BEFORE =
  /^(?:[\s\uFEFF]+|\/\/[^\n\r\u2028\u2029]*|\/\*[\s\S]*?\*\/|(["'])(?!use strict\1)[^"'\\\n\r]*\1\s*;)*/;
const STRICT = /^(?:"use strict"|'use strict')\s*(?:;|$|[\n\r\u2028\u2029}]|\/[/*])/;

/**
 * Whether a classic script begins with the directive "use strict". It counts only at the beginning: code in front of it has to begin
 * with its own, so that the script stays as strict as it was.
 * https://tc39.es/ecma262/#sec-directive-prologues-and-the-use-strict-directive
 */
export const isStrict = (script: string): boolean =>
  STRICT.test(script.slice(BEFORE.exec(script)?.[0].length ?? 0));
