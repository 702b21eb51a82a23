import { fileURLToPath } from "node:url";
import path from "node:path";

/** The folder that holds `package.json` and `manifest.json`. */
export const projectRoot = fileURLToPath(new URL("../", import.meta.url));

/** Where the extension for a browser is built. */
export function buildDir(browser: "chrome" | "firefox", root = projectRoot): string {
  return path.join(root, "dist", browser);
}

/** True when `moduleUrl` is the script Node was started with, so that importing a tool doesn't run it. */
export function isMain(moduleUrl: string): boolean {
  const script = process.argv[1];
  return script !== undefined && path.resolve(script) === fileURLToPath(moduleUrl);
}
