import puppeteer, { type Browser } from "puppeteer-core";
import { findBrowser } from "../../extension/cli/record/find-browser.ts";

/** A scenario at real speed takes minutes, and the browser answers only when it is over. */
const LONGEST_ANSWER_MILLISECONDS = 900_000;

/** Launches a browser without the extension. */
export function launchPlainBrowser(
  name: "chromium" | "firefox",
  executablePath = findBrowser(name),
  /** Of Firefox, for its profile. */
  preferences: Readonly<Record<string, boolean>> = {},
): Promise<Browser> {
  return puppeteer.launch({
    browser: name === "chromium" ? "chrome" : "firefox",
    executablePath,
    headless: true,
    ...(name === "firefox" ? { extraPrefsFirefox: preferences } : {}),
    protocolTimeout: LONGEST_ANSWER_MILLISECONDS,
    // Root in a container can't use Chromium's sandbox.
    args: name === "chromium" && process.getuid?.() === 0 ? ["--no-sandbox"] : [],
  });
}
