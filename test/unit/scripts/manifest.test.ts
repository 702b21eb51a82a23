import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { manifestFor, type Manifest } from "../../../scripts/manifest.ts";
import { projectRoot } from "../../../scripts/paths.ts";

const read = (file: string) => JSON.parse(readFileSync(path.join(projectRoot, file), "utf8")) as Manifest;
const source = read("manifest.json");

describe("the manifest", () => {
  it("requests only permissions for: scripts on pages, the fault script when needed, webRequest, and session storage", () => {
    const asked = Object.entries(source).filter(([key]) => key.includes("permission"));
    expect(Object.fromEntries(asked)).toEqual({
      permissions: ["webRequest", "scripting", "storage"],
      host_permissions: ["<all_urls>"],
    });
  });

  it("keeps the browser's own content security policy", () => {
    expect(source).not.toHaveProperty("content_security_policy");
  });

  it("has the version of the package", () => {
    expect(source["version"]).toBe(read("package.json")["version"]);
  });

  it("runs the background in the way that each browser supports", () => {
    expect(manifestFor("chrome", source).background).toEqual({ service_worker: "background.js" });
    expect(manifestFor("firefox", source).background).toEqual({ scripts: ["background.js"] });
  });

  it("omits keys that only the other browser supports", () => {
    expect(manifestFor("chrome", source)).not.toHaveProperty("browser_specific_settings");
    expect(manifestFor("firefox", source)).not.toHaveProperty("minimum_chrome_version");
  });
});
