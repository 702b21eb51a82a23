/**
 * How the script is built that is put in front of a worker's own: a function of the channel's name and the kind of worker, on one
 * line. So the background only has to call it, and the worker's own lines keep their numbers.
 */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import type * as esbuild from "esbuild";
import { projectRoot } from "./paths.ts";

export const workerOptions = {
  banner: { js: "(function(hubscopeChannel,hubscopeKind,hubscopeLength){" },
  footer: { js: "})" },
  inject: [path.join(projectRoot, "content-script/worker/stand-ins.ts")],
  minify: true,
  sourcemap: false,
  // They may contain line breaks. In minified code without them, and without comments, any other line break is only a space.
  supported: { "template-literal": false },
} satisfies esbuild.BuildOptions;

export const onOneLine: esbuild.Plugin = {
  name: "on-one-line",
  setup(build) {
    build.initialOptions.metafile = true;
    build.onEnd(async ({ metafile }) => {
      for (const output of Object.keys(metafile?.outputs ?? {})) {
        const file = path.resolve(build.initialOptions.absWorkingDir ?? ".", output);
        const code = await readFile(file, "utf8");
        await writeFile(file, code.trim().replaceAll("\n", " "));
      }
    });
  },
};
