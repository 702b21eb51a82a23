/** The extension as it is shipped, with one more script in the panel's page: `watch.ts`. */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { build } from "esbuild";
import { buildExtension } from "../../../scripts/build.ts";
import type { BrowserName } from "../../harness/browser/index.ts";

const SCRIPT = "bench-watch.js";
const FIRST = "<head>";

export async function buildWatched(browser: BrowserName, outDir: string): Promise<void> {
  await buildExtension({ browser: browser === "chromium" ? "chrome" : "firefox", outDir });
  await build({
    entryPoints: ["test/bench/panel/watch.ts"],
    bundle: true,
    minify: true,
    format: "iife",
    outfile: path.join(outDir, SCRIPT),
  });
  const page = path.join(outDir, "panel.html");
  const html = await readFile(page, "utf8");
  if (!html.includes(FIRST)) throw new Error("The panel's page has no head.");
  await writeFile(page, html.replace(FIRST, `${FIRST}<script src="${SCRIPT}"></script>`));
}
