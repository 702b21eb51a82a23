import * as esbuild from "esbuild";
import { bundleOptions } from "./bundle-options.ts";
import { isMain, projectRoot } from "./paths.ts";

export interface InlinePanel {
  url: string;
  stop(): Promise<void>;
}

/** Serves the panel as a normal page with a sample recording, without extension and DevTools. */
export async function serveInlinePanel({ liveReload = false } = {}): Promise<InlinePanel> {
  // Added to every chunk; all share one connection.
  const reload = `(globalThis.builds ??= new EventSource("/esbuild")).addEventListener("change", () => location.reload());`;
  const context = await esbuild.context({
    ...bundleOptions({ minify: false, modules: true }),
    absWorkingDir: projectRoot,
    entryPoints: [
      { in: "panel/inline.html", out: "index" },
      { in: "panel/inline.tsx", out: "inline" },
      { in: "panel/state/simulator/herd-worker.ts", out: "herd-worker" },
    ],
    // Nothing is written: esbuild serves the files from memory under this path.
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
