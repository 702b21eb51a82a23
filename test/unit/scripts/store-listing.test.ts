/** Checks the limits of the stores, and that docs/store/ explains all permissions of the manifest. */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../../scripts/paths.ts";

const inStore = (name: string): string => path.join(projectRoot, "docs/store", name);
const read = (name: string): string => readFileSync(inStore(name), "utf8");
const manifest = JSON.parse(readFileSync(path.join(projectRoot, "manifest.json"), "utf8")) as {
  description: string;
  permissions: string[];
  host_permissions: string[];
};

/** The block quote under a heading, as one line. */
function quotation(text: string, heading: string): string {
  const [, section = ""] = text.split(`## ${heading}\n`);
  const lines = section.split("\n## ")[0]!.split("\n");
  return lines
    .filter((line) => line.startsWith("> "))
    .map((line) => line.slice(2))
    .join(" ");
}

/** The size of a PNG file. */
function sizeOf(file: string): { width: number; height: number; bytes: number } {
  const png = readFileSync(file);
  expect(png.toString("latin1", 1, 4)).toBe("PNG");
  return { width: png.readUInt32BE(16), height: png.readUInt32BE(20), bytes: png.length };
}

describe("the listing", () => {
  const listing = read("listing.md");

  it("has the manifest's description as Chrome's summary, in at most 132 characters", () => {
    expect(quotation(listing, "Summary, Chrome Web Store")).toBe(manifest.description);
    expect(manifest.description.length).toBeLessThanOrEqual(132);
  });

  it("has a summary for AMO of at most 250 characters", () => {
    const { length } = quotation(listing, "Summary, AMO");
    expect(length).toBeGreaterThan(50);
    expect(length).toBeLessThanOrEqual(250);
  });

  it("justifies every permission", () => {
    const answers = read("privacy-answers.md");
    for (const name of [...manifest.permissions, ...manifest.host_permissions])
      expect(answers).toMatch(new RegExp(`^\\*\\*.*\`${name}\``, "m"));
  });

  it.each(["chromium", "firefox"])(
    "has five pictures from %s, each of 1280 × 800 and with a caption",
    (browser) => {
      const pictures = readdirSync(inStore("")).filter((name) => name.endsWith(`-${browser}.png`));
      expect(pictures).toHaveLength(5);
      for (const name of pictures) {
        const { width, height, bytes } = sizeOf(inStore(name));
        expect({ name, width, height }).toEqual({ name, width: 1280, height: 800 });
        expect(bytes).toBeLessThan(350_000);
        expect(listing).toContain(`\`${name.replace(`${browser}.png`, "*")}\``);
      }
    },
  );
});
