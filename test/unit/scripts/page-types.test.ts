/** The types that teams copy into their tests: they must compile alone, and match the parameter tables of the faults. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import ts from "typescript";
import { afterAll, beforeAll, expect, it } from "vitest";
import type * as api from "../../../content-script/page-build/api.ts";
import type * as result from "../../../extension/core/scenarios/result.ts";
import type { Scorecard } from "../../../extension/core/scenarios/scorecard.ts";
import { pageTypes } from "../../../scripts/page-types.ts";
import { projectRoot } from "../../../scripts/paths.ts";

const quoted = (file: string): string => JSON.stringify(path.join(projectRoot, file));

/** `npm run typecheck` fails where a result has a field that these types lack. */
type AllOf<Fields extends keyof Shipped, Shipped> = Pick<Shipped, Fields>;
type _Results = [
  AllOf<keyof result.ScenarioResult, api.ScenarioResult>,
  AllOf<keyof result.ExpectationResult, api.ExpectationResult>,
  AllOf<keyof Scorecard, api.Scorecard>,
];

/** Tests as a team may write them. */
const TESTS = {
  "right.ts": `
    import type { Fault, FaultName, ScenarioResult } from "./hubscope";
    import type { Fault as OwnFault, PageFaultName } from ${quoted("content-script/page-build/fault.ts")};

    type Same<A, B> = [A] extends [B] ? ([B] extends [A] ? true : false) : false;
    export const sameFaults: Same<Fault, OwnFault> = true;
    export const sameNames: Same<FaultName, PageFaultName> = true;

    declare const hubscope: Window["__hubscope"];
    export const result: Promise<ScenarioResult> = hubscope.run("crash", { quick: true });
    await hubscope.inject({ name: "offline", duration: 5_000 });`,
  "needs-extension.ts": inject('{ name: "discard" }'),
  "misspelt.ts": inject('{ name: "offline", durations: 5_000 }'),
  "target.ts": inject('{ name: "offline", target: { scope: "hub", url: "" }, duration: 5 }'),
};

function inject(fault: string): string {
  return `import type { Hubscope } from "./hubscope";
    declare const hubscope: Hubscope;
    await hubscope.inject(${fault});`;
}

/** The compiler's errors for each test, and for the types themselves. */
const complaints = new Map<string, string[]>();

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "hubscope-types-"));
  await writeFile(path.join(folder, "hubscope.d.ts"), await pageTypes());
  for (const [file, text] of Object.entries(TESTS)) await writeFile(path.join(folder, file), text);
  const program = ts.createProgram(
    Object.keys(TESTS).map((file) => path.join(folder, file)),
    {
      strict: true,
      exactOptionalPropertyTypes: true,
      noEmit: true,
      target: ts.ScriptTarget.ES2022,
      module: ts.ModuleKind.ESNext,
      moduleResolution: ts.ModuleResolutionKind.Bundler,
      allowImportingTsExtensions: true,
      types: [],
      // Without the DOM types, which take long to load.
      lib: ["lib.es2022.d.ts"],
    },
  );
  for (const file of ["hubscope.d.ts", ...Object.keys(TESTS)]) {
    const source = program.getSourceFile(path.join(folder, file));
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    complaints.set(
      file,
      found.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")),
    );
  }
});
afterAll(() => rm(folder, { recursive: true }));

it("the types for tests compile alone, with the faults and parameters of the tables", () => {
  expect(complaints.get("hubscope.d.ts")).toEqual([]);
  expect(complaints.get("right.ts")).toEqual([]);
});

it.each([
  ["a fault that needs the extension", "needs-extension.ts", '"discard"'],
  ["a misspelt parameter", "misspelt.ts", "durations"],
  ["a target that it can't have", "target.ts", '"hub"'],
])("the types for tests reject %s", (_what, file, named) => {
  expect(complaints.get(file)).toEqual([expect.stringContaining(named)]);
});
