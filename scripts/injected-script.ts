/**
 * The bundle of the faults. It hands the hook a function, by an assignment that only the hook's accessor sees, and gets the
 * hook's own copy of `shared-with-faults.ts` as its argument: nothing in it is taken from a page that may have replaced everything.
 */
import * as esbuild from "esbuild";
import { KEY } from "../content-script/hook/client/probe-key.ts";

const SHARED = "hubscopeShared";
const MADE = "hubscopeMade";

export const injectedOptions = {
  banner: { js: `({}).${KEY} = function (${SHARED}, ${MADE}) {` },
  footer: { js: "};" },
} satisfies esbuild.BuildOptions;

export const sharedPlugin: esbuild.Plugin = {
  name: "shared",
  setup(build) {
    build.onLoad(
      { filter: /[\\/]content-script[\\/]hook[\\/]shared-with-faults\.ts$/ },
      async ({ path }) => ({
        contents: `export const { ${(await exportsOf(path)).join(", ")} } = ${SHARED};`,
        loader: "js",
      }),
    );
  },
};

async function exportsOf(file: string): Promise<string[]> {
  const { metafile } = await esbuild.build({
    entryPoints: [file],
    bundle: true,
    format: "esm",
    write: false,
    outdir: ".",
    metafile: true,
    logLevel: "error",
  });
  return Object.values(metafile.outputs).flatMap((output) => output.exports);
}
