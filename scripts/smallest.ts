import { createHash, randomUUID } from "node:crypto";
import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import type { Plugin } from "esbuild";
import { minify, type CompressOptions, type MinifyOptions } from "terser";
import { projectRoot } from "./paths.ts";

/**
 * Makes the scripts that run in pages as small as possible: terser saves another 4 % after esbuild. Compiling them costs a
 * page about 0.1 ms for each kilobyte in a fresh process (Chromium 156).
 */
const smallest = (more: CompressOptions, module = false): Plugin => ({
  name: "smallest",
  setup(build) {
    build.initialOptions.write = false;
    build.onEnd(async ({ outputFiles = [] }) => {
      for (const { path: file, text } of outputFiles) {
        const code = await minified(text, {
          ecma: 2020,
          toplevel: true,
          module,
          compress: { passes: 4, unsafe_arrows: true, ...more },
        });
        await mkdir(path.dirname(file), { recursive: true });
        await writeFile(file, `${code}\n`);
      }
    });
  },
});

/** Where what terser made is kept: `npm ci` removes it. */
const CACHE = path.join(projectRoot, "node_modules", ".cache", "hubscope-minified");
const { version } = createRequire(import.meta.url)("terser/package.json") as { version: string };

/**
 * What terser makes of a script. It takes nine tenths of a build, and the checks and the tests build the same scripts many times: the
 * result is kept under the hash of all that it depends on.
 */
async function minified(text: string, options: MinifyOptions): Promise<string> {
  const hash = createHash("sha256")
    .update(JSON.stringify([version, options, text]))
    .digest("hex");
  const kept = path.join(CACHE, `${hash}.js`);
  try {
    return await readFile(kept, "utf8");
  } catch {
    const { code = "" } = await minify(text, options);
    await mkdir(CACHE, { recursive: true });
    // Other builds, also of this process, may make or read it at the same time: it must never be there in part.
    const own = `${kept}.${randomUUID()}`;
    await writeFile(own, code);
    await rename(own, kept);
    return code;
  }
}

export const smallestInEveryPage = smallest({});

export const smallestInjected = smallest({
  // An injected script begins with an assignment to a new object: it has an effect, by the sentinel's accessor.
  pure_getters: false,
  // Otherwise a function that is called at one place is made anew at each call.
  reduce_funcs: false,
});

/** For ES modules. The hot path is in them: a function that is called at one place mustn't be made anew at each call. */
export const smallestModule = smallest({ reduce_funcs: false, passes: 1 }, true);
