import { idleScript } from "./interface-scripts.ts";
import { createProfile } from "./profile.ts";
import { startFirefox } from "./process.ts";
import { Session } from "./session.ts";

/**
 * Starts Firefox once with a fresh profile and ends it. Filling a fresh profile takes as long as the rest of
 * a start. @returns the profile's folder. Copies of it make later starts faster.
 */
export async function makeUsedProfile(): Promise<string> {
  const profile = await createProfile({ theme: "light", downloadDir: undefined });
  const firefox = await startFirefox({ profile, headless: true, executable: undefined });
  const session = new Session(firefox.marionette);
  await session.start();
  await session.browser(idleScript);
  await firefox.quit();
  return profile;
}
