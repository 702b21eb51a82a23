import { cp, mkdtemp, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Theme } from "../types.ts";

type Preference = string | number | boolean;

/** Names a folder with a profile that Firefox was started with once (`used-profile.ts`). Each profile is a copy of it then. */
export const USED_PROFILE = "HUBSCOPE_USED_PROFILE";
/** What belongs to the Firefox that used it. */
const OWN_FILES = ["lock", ".parentlock", "MarionetteActivePort", "cache2"];

/** What keeps a fresh profile from greeting, updating, reporting and looking things up. */
const quiet: Record<string, Preference> = {
  "app.normandy.enabled": false,
  "app.update.disabledForTesting": true,
  "browser.aboutwelcome.enabled": false,
  "browser.safebrowsing.update.enabled": false,
  "browser.shell.checkDefaultBrowser": false,
  "browser.startup.homepage_override.mstone": "ignore",
  "datareporting.policy.dataSubmissionEnabled": false,
  // Marionette would switch it off: hidden tabs are slowed as for a user.
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
  /** The extension that is installed in it, and the host in its URLs, which is otherwise made up at each installation. */
  extension?: { readonly id: string; readonly uuid: string };
  theme: Theme;
  downloadDir: string | undefined;
  /** Developer tools below the page are that high; Firefox's own 250 when absent. */
  dockedHeight?: number | undefined;
}

export async function createProfile(options: ProfileOptions): Promise<string> {
  const { extension, theme, downloadDir } = options;
  const preferences: Record<string, Preference> = {
    ...quiet,
    // Any free port; Firefox writes down which in the profile.
    "marionette.port": 0,
    "devtools.theme": theme,
    // Otherwise being offline spares the test's own server.
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
