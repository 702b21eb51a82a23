/**
 * Two extensions: the shipped one, and one that does nothing for the native browser, so that the browsers differ only in
 * the hook.
 */
import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { buildExtension } from "../../../scripts/build.ts";
import type { BrowserName } from "../../harness/browser/index.ts";

export interface Extensions {
  readonly hubscope: string;
  readonly inert: string;
  remove(): Promise<void>;
}

export async function buildExtensions(browser: BrowserName): Promise<Extensions> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "hubscope-compliance-"));
  const hubscope = path.join(folder, "hubscope");
  const inert = path.join(folder, "inert");
  await buildExtension({ browser: browser === "chromium" ? "chrome" : "firefox", outDir: hubscope });
  const manifest = JSON.parse(await readFile(path.join(hubscope, "manifest.json"), "utf8")) as Record<
    string,
    unknown
  >;
  await mkdir(inert);
  const { manifest_version, version, browser_specific_settings } = manifest;
  await writeFile(
    path.join(inert, "manifest.json"),
    JSON.stringify({ manifest_version, version, browser_specific_settings, name: "Inert" }),
  );
  return { hubscope, inert, remove: () => rm(folder, { recursive: true, force: true }) };
}
