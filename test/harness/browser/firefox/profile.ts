import { mkdtemp, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import type { Theme } from "../types.ts";

type Preference = string | number | boolean;

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
  extensionId: string;
  /** The host in the extension's URLs, otherwise made up at each installation. */
  extensionUuid: string;
  theme: Theme;
  downloadDir: string | undefined;
  /** Developer tools below the page are that high; Firefox's own 250 when absent. */
  dockedHeight?: number | undefined;
}

export async function createProfile(options: ProfileOptions): Promise<string> {
  const { extensionId, extensionUuid, theme, downloadDir } = options;
  const preferences: Record<string, Preference> = {
    ...quiet,
    // Any free port; Firefox writes down which in the profile.
    "marionette.port": 0,
    "extensions.webextensions.uuids": JSON.stringify({ [extensionId]: extensionUuid }),
    "devtools.theme": theme,
    // Otherwise being offline spares the test's own server.
    "network.disable-localhost-when-offline": true,
  };
  if (options.dockedHeight !== undefined)
    preferences["devtools.toolbox.footer.height"] = options.dockedHeight;
  if (downloadDir !== undefined) {
    preferences["browser.download.folderList"] = 2;
    preferences["browser.download.dir"] = path.resolve(downloadDir);
    preferences["browser.download.alwaysOpenPanel"] = false;
    preferences["browser.download.always_ask_before_handling_new_types"] = false;
  }
  const profile = await mkdtemp(path.join(os.tmpdir(), "hubscope-firefox-"));
  const lines = Object.entries(preferences).map(
    ([name, value]) => `user_pref(${JSON.stringify(name)}, ${JSON.stringify(value)});\n`,
  );
  await writeFile(path.join(profile, "user.js"), lines.join(""));
  return profile;
}
