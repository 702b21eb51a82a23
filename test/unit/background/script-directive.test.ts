import fc from "fast-check";
import { expect, it } from "vitest";
import { isStrict, takesCodeInFront } from "../../../extension/background/script-directive.ts";

/** Whether the engine runs it in strict mode. */
function runsStrict(script: string): boolean {
  // eslint-disable-next-line @typescript-eslint/no-implied-eval -- the question is what the engine makes of it
  const run = new Function(
    "x",
    "instance",
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
  `"it\\'s"`,
  String.raw`"use\x20strict"`,
  "`use strict`",
  "0",
  "",
);
const END = fc.constantFrom(
  ";",
  "\n",
  ";\n",
  " ;",
  "/* then */;",
  "\n+ 1;",
  "\n.length;",
  "\n++x;",
  "\n`x`;",
  " + 1;",
  "\nin {};",
);

it("tells as the engine whether a script is strict", () => {
  const part = fc.tuple(SPACE, DIRECTIVE, SPACE, END).map((texts) => texts.join(""));
  fc.assert(
    fc.property(
      fc.array(part, { maxLength: 4 }),
      fc.constantFrom("", "x = 1;", "(() => {})()", "instance = 1;"),
      (parts, rest) => {
        const script = parts.join("") + rest;
        let strict: boolean;
        try {
          strict = runsStrict(script);
        } catch {
          return; // no script at all
        }
        expect(isStrict(script)).toBe(strict);
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

it("says so quickly of a script that is all comments", () => {
  expect(isStrict(`${"//x\n".repeat(1_000_000)}"use strict";`)).toBe(true);
});

it.each([
  ["#!/usr/bin/env node\n1", false],
  ["--> a comment\n1", false],
  ["/* */ --> a comment\n1", false],
  ["\n--> a comment\n1", true],
  ['"use strict";', true],
  ["", true],
])("code in front of %j: %s", (script, takes) => {
  expect(takesCodeInFront(script)).toBe(takes);
});
