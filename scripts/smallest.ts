import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Plugin } from "esbuild";
import { minify } from "terser";

/**
 * For a script of which most runs at once: V8 then doesn't parse each function twice. Measured for the sentinel on a page without
 * SignalR: 3.9 ms with it, 4.6 ms without, in a fresh process; 0.7 and 1.0 ms in a warm one.
 * https://v8.dev/blog/explicit-compile-hints
 */
const COMPILED_AT_ONCE = "//# allFunctionsCalledOnLoad";
const RUN_AT_ONCE = "sentinel.js";

/**
 * Makes the scripts that are in every page as small as possible: terser saves another 4 % after esbuild. Compiling them costs a
 * page about 0.1 ms for each kilobyte in a fresh process (Chromium 156).
 */
export const smallest: Plugin = {
  name: "smallest",
  setup(build) {
    build.initialOptions.write = false;
    build.onEnd(async ({ outputFiles = [] }) => {
      for (const { path: file, text } of outputFiles) {
        const { code = "" } = await minify(text, {
          ecma: 2020,
          toplevel: true,
          compress: { passes: 4, unsafe_arrows: true },
          format: path.basename(file) === RUN_AT_ONCE ? { preamble: COMPILED_AT_ONCE } : {},
        });
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, `${code}\n`);
      }
    });
  },
};
