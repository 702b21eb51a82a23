import { runInNewContext } from "node:vm";
import { transformSync } from "esbuild";
import ts from "typescript";
import { describe, expect, it } from "vitest";
import type { HerdPolicy } from "../../../../extension/core/herd/herd-input.ts";
import { LANGUAGES, policyCode } from "../../../../extension/core/herd/policy-code.ts";
import { tableOf } from "../../../../extension/core/herd/policy-table.ts";
import { fixed, list } from "./any-herd.ts";

const POLICIES: readonly HerdPolicy[] = [
  list([]),
  list([0, 2_000, 10_000], { jitter: "full" }),
  list([500, 1_500], { then: "repeat", jitter: "equal" }),
  fixed(5_000),
  fixed(5_000, { attempts: 3, jitter: "full" }),
  { kind: "exponential", base: 1_000, cap: 30_000, attempts: null, jitter: "full" },
  { kind: "exponential", base: 700, cap: 9_000, attempts: 6, jitter: "equal" },
];

const file = (index: number): string => `test/unit/core/herd/pasted-${index}.ts`;
const code = POLICIES.map((policy) => policyCode(policy, "typescript"));

it("is TypeScript that the client's types accept", () => {
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    noUncheckedIndexedAccess: true,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    target: ts.ScriptTarget.ES2022,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile, fileExists } = host;
  const pasted = new Map(code.map((text, i) => [file(i), text]));
  host.fileExists = (name) => pasted.has(name) || fileExists(name);
  host.getSourceFile = (name, version, ...rest) => {
    const text = pasted.get(name);
    return text === undefined
      ? getSourceFile(name, version, ...rest)
      : ts.createSourceFile(name, text, version);
  };
  const program = ts.createProgram([...pasted.keys()], options, host);
  const messages = ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
  expect(messages).toEqual([]);
});

type Pasted = { retryPolicy: { nextRetryDelayInMilliseconds(context: object): number | null } };

describe.each(POLICIES.map((policy, i) => ({ policy, text: code[i]! })))(
  "pasted: $policy",
  ({ policy, text }) => {
    it("waits as long as the simulation does", () => {
      const pasted = { exports: {} as Pasted };
      runInNewContext(transformSync(text, { loader: "ts", format: "cjs" }).code, { module: pasted });
      const { retryPolicy } = pasted.exports;
      const { steps, first } = tableOf(policy, null);
      let step = first;
      for (let previousRetryCount = 0; previousRetryCount < 12; previousRetryCount++) {
        const delays = Array.from({ length: 200 }, () =>
          retryPolicy.nextRetryDelayInMilliseconds({
            previousRetryCount,
            elapsedMilliseconds: 0,
            retryReason: new Error(),
          }),
        );
        if (step === null) {
          expect(new Set(delays)).toEqual(new Set([null]));
          continue;
        }
        const { least, spread, next } = steps[step]!;
        expect(Math.min(...delays.map(Number))).toBeGreaterThanOrEqual(Math.floor(least));
        expect(Math.max(...delays.map(Number))).toBeLessThanOrEqual(least + spread);
        if (spread > 0) expect(new Set(delays).size).toBeGreaterThan(150);
        step = next;
      }
    });
  },
);

it("says of Java that its client has no retry policy", () => {
  expect(LANGUAGES).toContain("java");
  expect(policyCode(fixed(1), "java")).toMatch(/no automatic reconnect and no retry policy/);
});
