/** Checks that everything named in documents exists: files, folders, links between them, npm scripts. */
import { existsSync, readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { projectRoot } from "../../../scripts/paths.ts";

const ROOMS = ["docs", ".github", "scripts", "extension", "content-script", "panel", "test"];
/** Folders in the readers' own repositories. */
const THEIRS = ["test/vendor/"];
/** Folders that builds create. */
const BUILT = ["bin", "obj", "node_modules"];

const inRoot = (...parts: string[]): string => path.join(projectRoot, ...parts);
const read = (file: string): string => readFileSync(inRoot(file), "utf8");

function documents(folder = "."): string[] {
  return readdirSync(inRoot(folder), { withFileTypes: true }).flatMap((entry) => {
    const name = path.posix.join(folder, entry.name);
    if (entry.isDirectory())
      return (folder === "." ? ROOMS : [entry.name]).includes(entry.name) && !BUILT.includes(entry.name)
        ? documents(name)
        : [];
    return entry.name.endsWith(".md") ? [name] : [];
  });
}

/** Paths in code spans, up to the first placeholder in them: `extension/core/faults/<fault>/words.ts`. */
function paths(text: string): string[] {
  const spans = text.matchAll(
    /`((?:\.ci|\.github|docs|scripts|extension|content-script|panel|test)\/[^`\s]*)`/g,
  );
  return [...spans].map(([, found = ""]) => found.replace(/[^/]*[*<{].*$/, ""));
}

/** File names in a folder's README, relative to that folder: `main.ts`, `record/recorder.ts`. */
function ownFiles(text: string): string[] {
  return [...text.matchAll(/`([\w.-]+(?:\/[\w.-]+)*\.tsx?)`/g)].map(([, name = ""]) => name);
}

function filesIn(folder: string): string[] {
  return readdirSync(inRoot(folder), { recursive: true, encoding: "utf8" }).map((name) =>
    name.replaceAll("\\", "/"),
  );
}

function links(text: string): string[] {
  return [...text.matchAll(/\]\(([^)#\s]+)(?:#[^)\s]*)?\)/g)].flatMap(([, link = ""]) =>
    /^[a-z]+:/.test(link) ? [] : [link],
  );
}

function npmScripts(text: string): string[] {
  return [...text.matchAll(/\bnpm run (?:-s )?([\w:-]+)/g)].map(([, name = ""]) => name);
}

/** The changelog may name files that no longer exist. */
const CURRENT = documents().filter((file) => file !== "CHANGELOG.md");

describe.each(CURRENT)("%s", (file) => {
  const text = read(file);

  it("names only existing files and folders", () => {
    expect(paths(text).filter((name) => !THEIRS.includes(name) && !existsSync(inRoot(name)))).toEqual([]);
  });

  if (path.basename(file) === "README.md" && path.dirname(file) !== ".")
    it("names only existing files of its own folder", () => {
      const present = filesIn(path.dirname(file));
      const missing = ownFiles(text).filter(
        (name) =>
          !existsSync(inRoot(name)) && !present.some((one) => one === name || one.endsWith(`/${name}`)),
      );
      expect(missing).toEqual([]);
    });

  it("has only working links", () => {
    const beside = path.dirname(file);
    expect(links(text).filter((link) => !existsSync(inRoot(beside, link)))).toEqual([]);
  });

  it("names only existing npm scripts", () => {
    const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
    expect(npmScripts(text).filter((name) => !(name in scripts))).toEqual([]);
  });
});

it("dependabot checks only existing folders", () => {
  const folders = [...read(".github/dependabot.yml").matchAll(/directory: (\S+)/g)].map(
    ([, folder = ""]) => folder,
  );
  expect(folders).not.toEqual([]);
  expect(folders.filter((folder) => !existsSync(inRoot(folder)))).toEqual([]);
});
