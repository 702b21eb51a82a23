import { readFile } from "node:fs/promises";
import path from "node:path";

/** Whether an unpacked extension registers its content scripts itself, and has none in its manifest. */
export async function registersScripts(extensionDir: string): Promise<boolean> {
  const manifest = JSON.parse(await readFile(path.join(extensionDir, "manifest.json"), "utf8")) as {
    permissions?: string[];
    content_scripts?: unknown[];
    background?: unknown;
  };
  return (
    manifest.background !== undefined &&
    manifest.content_scripts === undefined &&
    (manifest.permissions ?? []).includes("scripting")
  );
}
