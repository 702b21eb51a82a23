import type { BuildOptions } from "esbuild";
import { reportStylePlugin } from "./report-style.ts";
import { unseenClient } from "./unseen-client.ts";
import { withoutInnerHtmlPlugin } from "./without-inner-html.ts";

/** False: for debugging, with source maps. */
interface BundleStyle {
  minify: boolean;
  /** ES modules, with separate chunks for `import()`. */
  modules?: boolean;
}

/** How our sources are bundled, whatever the bundle is for. */
export function bundleOptions({ minify, modules = false }: BundleStyle) {
  return {
    bundle: true,
    // Mostly classic scripts: content scripts and Firefox's background can't be modules.
    format: modules ? "esm" : "iife",
    splitting: modules,
    // The hash depends on the sources' paths: with this option they stay within the project even if node_modules is a link.
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
    plugins: [withoutInnerHtmlPlugin(), reportStylePlugin, unseenClient],
  } satisfies BuildOptions;
}
