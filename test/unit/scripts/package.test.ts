/** Everybody must be able to rebuild the archives for the stores, byte for byte. */
import { cp, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageExtension } from "../../../scripts/package.ts";
import { projectRoot } from "../../../scripts/paths.ts";

const SOURCES = ["content-script", "extension", "panel", "manifest.json", "package.json", "tsconfig.json"];

describe("the archives for the stores", () => {
  let temporary = "";
  let here = "";
  let elsewhere = "";

  const copySources = async (name: string): Promise<string> => {
    const folder = path.join(temporary, name);
    await Promise.all(
      SOURCES.map((source) =>
        cp(path.join(projectRoot, source), path.join(folder, source), { recursive: true }),
      ),
    );
    await symlink(path.join(projectRoot, "node_modules"), path.join(folder, "node_modules"), "junction");
    return folder;
  };

  beforeAll(async () => {
    temporary = await mkdtemp(path.join(os.tmpdir(), "hubscope-package-"));
    [here, elsewhere] = await Promise.all([copySources("here"), copySources("deeper/else where")]);
    for (const root of [here, elsewhere])
      await Promise.all([packageExtension("chrome", root), packageExtension("firefox", root)]);
  });
  afterAll(() => rm(temporary, { recursive: true, force: true }));

  it.each(["chrome", "firefox"] as const)(
    "are identical when built in another folder, for %s",
    async (browser) => {
      const archiveIn = (root: string): Promise<Buffer> =>
        readFile(path.join(root, "dist", `hubscope-${browser}.zip`));
      const [one, other] = await Promise.all([archiveIn(here), archiveIn(elsewhere)]);
      expect(one.length).toBeGreaterThan(100_000);
      expect(one.equals(other)).toBe(true);
    },
  );
});
