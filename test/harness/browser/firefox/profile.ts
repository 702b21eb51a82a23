import { cp, mkdtemp, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Theme } from "../types.ts";

type Preference = string | number | boolean;

/**
 * Environment variable with the folder of a profile that Firefox has used once (`used-profile.ts`). New profiles are
 * copies of it.
 */
export const USED_PROFILE = "HUBSCOPE_USED_PROFILE";
/** Files that belong to the running Firefox, and must not be copied. */
const OWN_FILES = ["lock", ".parentlock", "MarionetteActivePort", "cache2"];

/** Preferences that turn off welcome pages, updates, telemetry and background requests in a fresh profile. */
const quiet: Record<string, Preference> = {
  "app.normandy.enabled": false,
  "app.update.disabledForTesting": true,
  "browser.aboutwelcome.enabled": false,
  "browser.newtabpage.enabled": false,
  "browser.startup.page": 0,
  "browser.safebrowsing.update.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.homepage_override.mstone": "ignore",
  "datareporting.policy.dataSubmissionEnabled": false,
  // Marionette would switch this off. It stays on, so that hidden tabs are slowed down as for a user.
  "dom.ipc.processPriorityManager.enabled": true,
  "extensions.getAddons.cache.enabled": false,
  "extensions.update.enabled": false,
  "network.captive-portal-service.enabled": false,
  "network.connectivity-service.enabled": false,
  "services.settings.server": "data:,#no-remote-settings",
  "termsofuse.bypassNotification": true,
  "toolkit.telemetry.enabled": false,
};

export interface ProfileOptions {
  /** The extension to install, and the host of its URLs, which Firefox would otherwise generate at each installation. */
  extension?: { readonly id: string; readonly uuid: string };
  theme: Theme;
  downloadDir: string | undefined;
  /** Height of developer tools that are docked below the page; Firefox's default of 250 px when absent. */
  dockedHeight?: number | undefined;
}

export async function createProfile(options: ProfileOptions): Promise<string> {
  const { extension, theme, downloadDir } = options;
  const preferences: Record<string, Preference> = {
    ...quiet,
    // Any free port; Firefox writes its number into the profile.
    "marionette.port": 0,
    "devtools.theme": theme,
    // Otherwise offline mode wouldn't affect the test's own server on localhost.
    "network.disable-localhost-when-offline": true,
  };
  if (extension)
    preferences["extensions.webextensions.uuids"] = JSON.stringify({ [extension.id]: extension.uuid });
  if (options.dockedHeight !== undefined)
    preferences["devtools.toolbox.footer.height"] = options.dockedHeight;
  if (downloadDir !== undefined) {
    preferences["browser.download.folderList"] = 2;
    preferences["browser.download.dir"] = path.resolve(downloadDir);
    preferences["browser.download.alwaysOpenPanel"] = false;
    preferences["browser.download.always_ask_before_handling_new_types"] = false;
  }
  const profile = await mkdtemp(path.join(os.tmpdir(), "hubscope-firefox-"));
  const used = process.env[USED_PROFILE];
  if (used !== undefined)
    await cp(used, profile, {
      recursive: true,
      filter: (file) => !OWN_FILES.includes(path.basename(file)),
    });
  const lines = Object.entries(preferences).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  await writeFile(path.join(profile, "user.js"), lines.join(""));
  return profile;
}
