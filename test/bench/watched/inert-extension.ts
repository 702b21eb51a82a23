/** The measure for our panel in DevTools: an extension that only adds an empty panel. */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";

const FILES: Readonly<Record<string, string>> = {
  "manifest.json": JSON.stringify({
    manifest_version: 3,
    name: "Inert",
    version: "1",
    devtools_page: "devtools.html",
  }),
  "devtools.html": `<!doctype html><script src="devtools.js"></script>`,
  "devtools.js": `chrome.devtools.panels.create("Inert", "", "panel.html");`,
  "panel.html": `<!doctype html><title>Inert</title><p>Nothing.</p>`,
};

export async function writeInertExtension(to: string): Promise<void> {
  await mkdir(to);
  for (const [name, text] of Object.entries(FILES)) await writeFile(path.join(to, name), text);
}
