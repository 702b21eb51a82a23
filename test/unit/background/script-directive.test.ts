import fc from "fast-check";
import { expect, it } from "vitest";
import { isStrict } from "../../../extension/background/script-directive.ts";

/** Whether the engine runs it in strict mode. */
function runsStrict(script: string): boolean {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the question is what the engine makes of it
  const run = new Function(
    `${script}\n; return (function () { return this === undefined; })();`,
  ) as () => boolean;
  return run();
}

const SPACE = fc.constantFrom(
  " ",
  "\n",
  "\uFEFF",
  "// comment\n",
  "/* comment\n */",
  "/* 'use strict'; */",
  "",
);
const DIRECTIVE = fc.constantFrom(
  '"use strict"',
  "'use strict'",
  '"use client"',
  "'use asm '",
  '"use strict "',
  "`use strict`",
  "0",
  "",
);
const END = fc.constantFrom(";", "\n", ";\n", " ;", "/* then */;");

it("tells as the engine whether a script is strict", () => {
  const part = fc.tuple(SPACE, DIRECTIVE, SPACE, END).map((texts) => texts.join(""));
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 4 }),
      fc.constantFrom("", "x = 1;", "(() => {})()"),
      (parts, rest) => {
        const script = parts.join("") + rest.replace("x = 1", "var x = 1");
        let strict: boolean;
        try {
          strict = runsStrict(script);
        } catch {
          return; // no script at all
        }
        // A directive with no semicolon may be part of an expression: then ours is less strict, never stricter.
        if (isStrict(script)) expect(strict).toBe(true);
        else if (/^\s*(["'])use strict\1;/.test(script)) expect(strict).toBe(false);
      },
    ),
    { numRuns: 2_000 },
  );
});

it.each([
  ['"use strict";(()=>{})()', true],
  ["'use strict'\nvar x", true],
  ["\uFEFF// a licence\n/* and another */ 'use client'; 'use strict';", true],
  ["(()=>{'use strict'})()", false],
  ["'use strict' + 1", false],
  ["'use strict'.length", false],
  ["", false],
])("%j: %s", (script, strict) => {
  expect(isStrict(script)).toBe(strict);
});
