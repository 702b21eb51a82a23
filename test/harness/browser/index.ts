import { buildDir } from "../../../scripts/paths.ts";
import { launchChromium } from "./chromium/launch.ts";
import { launchFirefox } from "./firefox/launch.ts";
import type { BrowserName, LaunchOptions, TestBrowser } from "./types.ts";

export type * from "./types.ts";
export { until } from "./until.ts";

/** Starts a browser with a fresh profile and the extension in it. */
export function launchBrowser(name: BrowserName, options: LaunchOptions = {}): Promise<TestBrowser> {
  switch (name) {
    case "chromium":
      return launchChromium({ extensionDir: buildDir("chrome"), ...options });
    case "firefox":
      return launchFirefox({ extensionDir: buildDir("firefox"), ...options });
  }
}
