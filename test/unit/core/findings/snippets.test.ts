/** The TypeScript that findings offer to paste, of all real recordings, passes the compiler with @microsoft/signalr's own types. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import ts from "typescript";
import { expect, it } from "vitest";
import { findIn, isFound } from "../../../../extension/core/diagnosis/findings/find.ts";
import { createReducer } from "../../../../extension/core/model/reducer.ts";
import { readRecordingFile } from "../../../../extension/core/recording/recording-file.ts";
import { projectRoot } from "../../../../scripts/paths.ts";
import { fixtureFolder as ofCauses, type CauseFixture } from "../../../causes/fixture.ts";
import { fixtureFolder as ofFindings } from "../../../findings/fixture.ts";

/** What the app has, and a snippet only names. */
const OF_THE_APP = `import * as signalR from "@microsoft/signalr";
declare const connection: signalR.HubConnection;
declare const policy: signalR.IRetryPolicy;
declare const value: unknown, content: string, lastNumber: number, parts: unknown[];
declare let version: number | undefined, token: string;
declare function show(what: unknown): void;
declare function apply(what: unknown): void;
declare function handle(what: unknown): void;
declare function split(what: string, size: number): string[];
declare function catchUp(): void;
declare function showBanner(...what: unknown[]): void;
declare function hideBanner(...what: unknown[]): void;
declare function isFresh(what: string): boolean;
declare function renewToken(): Promise<string>;
`;

/** A line of the connection's builder, or statements. */
const wrapped = (code: string): string =>
  `${OF_THE_APP}export async function snippet() {\n${
    code.startsWith(".") ? `new signalR.HubConnectionBuilder()${code};` : code.replaceAll(/^export /gm, "")
  }\n}\n`;

/** One snippet for each finding and change, by its name. */
function snippets(): Map<string, string> {
  const found = new Map<string, string>();
  for (const folder of [ofCauses, ofFindings])
    for (const file of readdirSync(folder)) {
      const { recording } = JSON.parse(readFileSync(path.join(folder, file), "utf8")) as CauseFixture;
      const read = readRecordingFile(JSON.stringify(recording));
      if (!read.ok) throw new Error(read.problem);
      const reducer = createReducer();
      read.file.pages.forEach(({ events }, i) => {
        reducer.apply(`page-${i}`, events);
      });
      for (const { id, answer } of findIn(reducer.model, reducer.model.to + 60_000).filter(isFound))
        answer.changes.forEach(({ snippet }, i) => {
          if (snippet?.language === "ts") found.set(`${id}-${i}.ts`, wrapped(snippet.code));
        });
    }
  return found;
}

it("compiles", () => {
  const files = snippets();
  expect(files.size).toBeGreaterThan(25);
  const options: ts.CompilerOptions = {
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ["lib.es2022.d.ts", "lib.dom.d.ts", "lib.dom.iterable.d.ts"],
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const folder = path.join(projectRoot, "test", "unit");
  const nameOf = (file: string): string => path.basename(file);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (file) => files.has(nameOf(file)) || fileExists(file);
  host.readFile = (file) => files.get(nameOf(file)) ?? readFile(file);
  host.getSourceFile = (file, ...rest) => {
    const own = files.get(nameOf(file));
    return own === undefined
      ? getSourceFile(file, ...rest)
      : ts.createSourceFile(file, own, ts.ScriptTarget.ES2022, true);
  };
  const program = ts.createProgram(
    [...files.keys()].map((name) => path.join(folder, name)),
    options,
    host,
  );
  const problems = ts
    .getPreEmitDiagnostics(program)
    .map(
      ({ file, messageText }) =>
        `${nameOf(file?.fileName ?? "")}: ${ts.flattenDiagnosticMessageText(messageText, " ")}`,
    );
  expect(problems).toEqual([]);
}, 60_000);
