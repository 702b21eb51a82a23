/**
 * Wraps the bundle of the faults. It passes a function to the hook, by an assignment that only the hook's accessor sees. The
 * hook calls it with its own copy of `shared-with-faults.ts`: so it uses no function that the page may have replaced.
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
