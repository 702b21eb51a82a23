import type { BuildOptions } from "esbuild";
import { reportStylePlugin } from "./report-style.ts";
import { withoutInnerHtmlPlugin } from "./without-inner-html.ts";

/** Not minified means: for debugging, with source maps. */
interface BundleStyle {
  minify: boolean;
  /** ES modules, with what is imported by `import()` in chunks of its own. */
  modules?: boolean;
}

/** How our sources are bundled, whatever the bundle is for. */
export function bundleOptions({ minify, modules = false }: BundleStyle) {
  return {
    bundle: true,
    // Mostly classic scripts: content scripts and Firefox's background know no modules.
    format: modules ? "esm" : "iife",
    splitting: modules,
    // The hash is made of the sources' paths, too: they stay those within the project where node_modules is a link.
    chunkNames: "panel-[name]-[hash]",
    preserveSymlinks: true,
    target: ["chrome121", "firefox140"],
    jsx: "automatic",
    jsxImportSource: "preact",
    loader: { ".html": "copy", ".png": "copy", ".svg": "text" },
    define: { "process.env.NODE_ENV": JSON.stringify(minify ? "production" : "development") },
    minify,
    sourcemap: minify ? false : "inline",
    legalComments: "none",
    charset: "utf8",
    logLevel: "warning",
    plugins: [withoutInnerHtmlPlugin(), reportStylePlugin],
  } satisfies BuildOptions;
}
