/**
 * The types of the npm package, each file by itself from its source: what is published says its types at the exports, and imports types
 * only from other files that are published. Anything else would publish the inside by accident.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import ts from "typescript";
import { pageTypes } from "./page-types.ts";
import { projectRoot } from "./paths.ts";

/** Sources whose types are published, by the names of their files. */
const PUBLISHED: Readonly<Record<string, string>> = {
  "extension/npm/page.ts": "page",
  "extension/npm/playwright.ts": "playwright",
  "extension/npm/puppeteer.ts": "puppeteer",
  "extension/npm/core.ts": "core",
  "extension/npm/core-api.ts": "core-api",
  "extension/npm/hubscope-page.ts": "hubscope-page",
  "extension/npm/survive.ts": "survive",
  "extension/core/analysis/analysis.ts": "analysis",
  "content-script/monitor/main.ts": "monitor",
  "content-script/monitor/api.ts": "monitor-api",
};

/** The page's API is one file that teams can also copy: scripts/page-types.ts makes it. */
const PAGE_API = "page-api";
const IN_PAGE_API = ["content-script/page-build/api.ts", "content-script/page-build/fault.ts"];

/** The texts of the files, by their names. */
export async function npmTypes(): Promise<ReadonlyMap<string, string>> {
  const files = new Map([[`${PAGE_API}.d.ts`, await pageTypes()]]);
  for (const [source, name] of Object.entries(PUBLISHED)) files.set(`${name}.d.ts`, await typesOf(source));
  return files;
}

async function typesOf(source: string): Promise<string> {
  const text = await readFile(path.join(projectRoot, source), "utf8");
  const { outputText, diagnostics = [] } = ts.transpileDeclaration(text, {
    fileName: source,
    reportDiagnostics: true,
    compilerOptions: { target: ts.ScriptTarget.ES2022, strict: true, isolatedDeclarations: true },
  });
  if (diagnostics.length > 0)
    throw new Error(
      `${source}: ${diagnostics.map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n")).join("\n")}`,
    );
  return outputText.replaceAll(/(from |import\()"(\.[^"]+)"/g, (_, before: string, to: string) => {
    const imported = path.posix.join(path.posix.dirname(source), to);
    const name = IN_PAGE_API.includes(imported) ? PAGE_API : PUBLISHED[imported];
    if (name === undefined)
      throw new Error(`${source} publishes types of ${imported}, which is not published.`);
    return `${before}"./${name}.js"`;
  });
}
