import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { strFromU8, unzipSync } from "fflate";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { git, sourceArchive } from "../../../scripts/source-archive.ts";

describe("the source archive", () => {
  let root = "";

  const write = async (name: string, text: string): Promise<void> => {
    await mkdir(path.dirname(path.join(root, name)), { recursive: true });
    await writeFile(path.join(root, name), text);
  };
  const commit = (date: string): void => {
    git(root, "add", "--all");
    const author = ["-c", "user.name=T", "-c", "user.email=t@example.invalid", "-c", "commit.gpgsign=false"];
    git(root, ...author, "commit", "--quiet", "--allow-empty", "--message", "A", "--date", date);
  };

  beforeEach(async () => {
    root = await mkdtemp(path.join(os.tmpdir(), "hubscope-archive-"));
    git(root, "init", "--quiet");
    await write("package.json", '{ "version": "1.2.3" }');
    await write(".gitignore", "dist/\n");
    await write("src/ä b.ts", "export {};");
    await write("dist/built.js", "");
    commit("2026-01-01T00:00:00Z");
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it("contains the tracked files, in a folder with the version", async () => {
    const files = unzipSync(await sourceArchive(root));
    expect(Object.keys(files)).toEqual([
      "hubscope-1.2.3/.gitignore",
      "hubscope-1.2.3/package.json",
      "hubscope-1.2.3/src/ä b.ts",
    ]);
    expect(strFromU8(files["hubscope-1.2.3/src/ä b.ts"]!)).toBe("export {};");
  });

  it("is identical for the same files, no matter when they were written and committed", async () => {
    const first = await sourceArchive(root);
    await write("src/ä b.ts", "export {};");
    commit("2026-02-02T00:00:00Z");
    expect((await sourceArchive(root)).equals(first)).toBe(true);
  });

  it("is not made while there are uncommitted changes", async () => {
    await write("src/new.ts", "");
    await expect(sourceArchive(root)).rejects.toThrow("src/new.ts");
  });
});
