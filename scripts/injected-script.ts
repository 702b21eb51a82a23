/**
 * Wraps the bundles of scripts that are injected into a page whose own scripts have already run: hook, faults and doctor. Each passes a
 * function to the script before it, by an assignment that only that script's accessor sees. It is called with what it needs of
 * that script (`shared-with-….ts`): so it uses no function that the page may have replaced.
 */
import path from "node:path";
import * as esbuild from "esbuild";
import { KEY, SCRIPT_EVENT } from "../content-script/sentinel/probe-key.ts";

const SHARED = "hubscopeShared";
const MADE = "hubscopeMade";

/** Where the page keeps the accessor out, an event brings the function. */
export const injectedOptions = {
  banner: {
    js: `(script => {
let taken;
const once = (...given) => { if (!taken) { taken = true; script(...given); } };
({}).${KEY} = once;
if (!taken) performance.dispatchEvent(Object.assign(new Event("${SCRIPT_EVENT}"), { script: once }));
})(function (${SHARED}, ${MADE}) {`,
  },
  footer: { js: "});" },
} satisfies esbuild.BuildOptions;

/** What an injected script takes from the script before it, and from where. */
export const SHARED_MODULES = {
  hook: "content-script/sentinel/shared-with-hook.ts",
  faults: "content-script/hook/shared-with-tools.ts",
  doctor: "content-script/hook/shared-with-tools.ts",
} as const;
export type InjectedScript = keyof typeof SHARED_MODULES;

/** In an injected script: what it shares comes as an argument. */
export const takesShared = (script: InjectedScript): esbuild.Plugin => ({
  name: "takes-shared",
  setup(build) {
    build.onLoad({ filter: ending(SHARED_MODULES[script]) }, async ({ path }) => ({
      contents: `export const [${(await exportsOf(path)).join(", ")}] = ${SHARED};`,
      loader: "js",
    }));
  },
});

/**
 * In the script before it: the list of what is shared, in the same order. `Object.values` of the module would give the same list
 * at run time, and need every name in the bundle.
 */
export const givesShared: esbuild.Plugin = {
  name: "gives-shared",
  setup(build) {
    build.onLoad({ filter: /[\\/]content-script[\\/]\w+[\\/]shared-list\.ts$/ }, async ({ path: file }) => {
      const source = Object.values(SHARED_MODULES).find(
        (module) => path.basename(path.dirname(module)) === path.basename(path.dirname(file)),
      );
      if (source === undefined) throw new Error(`${file}: it is not known what it shares.`);
      const from = `./${path.basename(source)}`;
      const names = await exportsOf(path.join(path.dirname(file), from));
      const list = path.dirname(file).endsWith("sentinel") ? "sharedWithHook" : "sharedWithTools";
      return {
        contents: `import { ${names.join(", ")} } from "${from}"; export const ${list} = [${names.join(", ")}];`,
        loader: "js",
      };
    });
  },
};

const ending = (file: string): RegExp => new RegExp(`[\\\\/]${file.split("/").join("[\\\\/]")}$`);

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
  return Object.values(metafile.outputs)
    .flatMap((output) => output.exports)
    .sort();
}
