import { readFile } from "node:fs/promises";
import type { Plugin } from "esbuild";
import { WITH_WORKER_PERMISSION, WORKER_PERMISSION } from "../extension/messages/worker-permissions.ts";

/** Target of a build. Edge and other Chromium browsers use the Chrome build. */
export type BuildBrowser = "chrome" | "firefox";

interface Background {
  service_worker?: string;
  scripts?: string[];
}

/** The part of the manifest that differs between browsers. The rest is passed through. */
export interface Manifest {
  background: Background;
  permissions?: readonly string[];
  minimum_chrome_version?: string;
  browser_specific_settings?: unknown;
  [key: string]: unknown;
}

/** Keeps only the keys that `browser` supports: each browser (or its store's linter) reports the other's keys. */
export function manifestFor(browser: BuildBrowser, source: Manifest): Manifest {
  const { background, minimum_chrome_version, browser_specific_settings, ...common } = source;
  switch (browser) {
    case "chrome":
      return {
        ...common,
        ...(minimum_chrome_version === undefined ? {} : { minimum_chrome_version }),
        background: { service_worker: background.service_worker ?? "background.js" },
      };
    case "firefox":
      return {
        ...common,
        ...(browser_specific_settings === undefined ? {} : { browser_specific_settings }),
        background: { scripts: background.scripts ?? ["background.js"] },
        permissions: [...(common.permissions ?? []), WITH_WORKER_PERMISSION],
        optional_permissions: [WORKER_PERMISSION],
      };
  }
}

/** Builds the browser's `manifest.json` as one of esbuild's entry points, so that watching covers it too. */
export function manifestPlugin(browser: BuildBrowser): Plugin {
  return {
    name: "manifest",
    setup(build) {
      build.onLoad({ filter: /[\\/]manifest\.json$/ }, async ({ path }) => {
        const source = JSON.parse(await readFile(path, "utf8")) as Manifest;
        const contents = `${JSON.stringify(manifestFor(browser, source), null, 2)}\n`;
        return { contents, loader: "copy", watchFiles: [path] };
      });
    },
  };
}
