import { describe, expect, it } from "vitest";
import { findBrowser, locateBrowser, remedyFor } from "../../../extension/cli/record/find-browser.ts";
import { ensureBrowser } from "../../../scripts/browsers.ts";
import { parseOsRelease, type System } from "../../../extension/cli/record/system.ts";

/** A fake system in which only `files` exist. */
function machine(files: string[], rest: Partial<System> & { release?: string } = {}): System {
  return {
    platform: "linux",
    env: { PATH: "/usr/local/bin:/usr/bin" },
    isRoot: false,
    isExecutable: (file) => files.includes(file),
    osRelease: () => parseOsRelease(rest.release ?? 'ID=debian\nVERSION_ID="12"'),
    ...rest,
  };
}

describe("locateBrowser", () => {
  it("prefers the environment variable to PATH", () => {
    const system = machine(["/usr/bin/chromium", "/opt/mine"], {
      env: { PATH: "/usr/bin", CHROME_BIN: "/opt/mine" },
    });
    expect(locateBrowser("chromium", system)).toBe("/opt/mine");
  });

  it("rejects a path in the environment variable that is no program", () => {
    const system = machine(["/usr/bin/firefox"], { env: { PATH: "/usr/bin", FIREFOX_BIN: "/gone" } });
    expect(() => locateBrowser("firefox", system)).toThrow("FIREFOX_BIN is /gone");
  });

  it("searches PATH in its order", () => {
    const system = machine(["/usr/bin/chromium", "/usr/local/bin/google-chrome"]);
    expect(locateBrowser("chromium", system)).toBe("/usr/local/bin/google-chrome");
  });

  it.each([
    ["chromium", "linux", "/snap/bin/chromium"],
    ["firefox", "linux", "/snap/bin/firefox"],
    ["chromium", "darwin", "/Users/ada/Applications/Google Chrome.app/Contents/MacOS/Google Chrome"],
    ["firefox", "darwin", "/Applications/Firefox.app/Contents/MacOS/firefox"],
    ["chromium", "win32", "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe"],
    ["firefox", "win32", "C:\\Program Files\\Mozilla Firefox\\firefox.exe"],
  ] as const)("knows where %s lives on %s", (kind, platform, file) => {
    const env = {
      HOME: "/Users/ada",
      ProgramFiles: "C:\\Program Files",
      "ProgramFiles(x86)": "C:\\Program Files (x86)",
    };
    expect(locateBrowser(kind, machine([file], { platform, env }))).toBe(file);
  });

  it("returns nothing when there is no browser", () => {
    expect(locateBrowser("chromium", machine([]))).toBeUndefined();
  });
});

describe("a missing browser", () => {
  it.each([
    ["chromium", "linux", "sudo apt-get install --no-install-recommends chromium fonts-dejavu-core"],
    ["firefox", "linux", "sudo apt-get install --no-install-recommends firefox-esr fonts-dejavu-core"],
    ["chromium", "darwin", "brew install --cask google-chrome"],
    ["firefox", "win32", "winget install Mozilla.Firefox"],
  ] as const)("is reported with the command that installs it (%s on %s)", (kind, platform, command) => {
    expect(() => findBrowser(kind, machine([], { platform }))).toThrow(command);
  });

  it("is not installed on Ubuntu, whose package only installs a snap", () => {
    const ubuntu = machine([], { release: "ID=ubuntu\nID_LIKE=debian", isRoot: true });
    expect(remedyFor("firefox", ubuntu)).toEqual({ advice: "sudo snap install firefox" });
    expect(() => ensureBrowser("firefox", ubuntu)).toThrow("sudo snap install firefox");
  });

  it("is not installed for a user who isn't root", () => {
    expect(() => ensureBrowser("firefox", machine([]))).toThrow("sudo apt-get install");
  });
});
