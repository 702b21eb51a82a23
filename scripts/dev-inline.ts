import * as esbuild from "esbuild";
import { bundleOptions } from "./bundle-options.ts";
import { isMain, projectRoot } from "./paths.ts";

export interface InlinePanel {
  url: string;
  stop(): Promise<void>;
}

/** Serves the panel as an ordinary page on a fixture recording: no extension, no DevTools. */
export async function serveInlinePanel({ liveReload = false } = {}): Promise<InlinePanel> {
  // Every chunk begins with it; they share one connection.
  const reload = `(globalThis.builds ??= new EventSource("/esbuild")).addEventListener("change", () => location.reload());`;
  const context = await esbuild.context({
    ...bundleOptions({ minify: false, modules: true }),
    absWorkingDir: projectRoot,
    entryPoints: [
      { in: "panel/inline.html", out: "index" },
      { in: "panel/inline.tsx", out: "inline" },
    ],
    // Nothing is written: esbuild serves what it would have put here.
    outdir: "dist/inline",
    write: false,
    banner: liveReload ? { js: reload } : {},
  });
  if (liveReload) await context.watch();
  const { port } = await context.serve({ host: "127.0.0.1", servedir: "dist/inline" });
  return { url: `http://127.0.0.1:${port}/`, stop: () => context.dispose() };
}

if (isMain(import.meta.url)) {
  const { url } = await serveInlinePanel({ liveReload: true });
  console.log(`The panel on a fixture: ${url} (Ctrl+C ends it)`);
}
