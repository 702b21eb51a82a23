import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";

const assignment = /\b(\w+)\.innerHTML\s*=\s*\w+\.__html\b/g;
const refusal = `(()=>{throw new Error("dangerouslySetInnerHTML is not available")})()`;

/** Removes `dangerouslySetInnerHTML` from preact's source. */
export function withoutInnerHtml(source: string): string {
  const stripped = source.replace(assignment, refusal);
  // Reading is harmless, but an assignment must not remain.
  if (stripped === source || /\.innerHTML\s*=[^=]/.test(stripped)) {
    throw new Error("preact sets innerHTML in a way this build doesn't know: adapt without-inner-html.ts");
  }
  return stripped;
}

/**
 * The panel shows data from the inspected page. Without preact's only HTML sink in the bundle, no mistake of ours can turn a
 * message into markup, and the store's linter has nothing to report.
 */
export function withoutInnerHtmlPlugin(): Plugin {
  return {
    name: "without-inner-html",
    setup(build) {
      build.onLoad({ filter: /[\\/]preact[\\/]dist[\\/]preact\.m?js$/ }, async ({ path }) => {
        return { contents: withoutInnerHtml(await readFile(path, "utf8")), loader: "js" };
      });
    },
  };
}
