/** Our bundles must come with the licences of all packages in them. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { buildExtension } from "../../../scripts/build.ts";
import { buildNpm } from "../../../scripts/npm-package.ts";
import { buildPage } from "../../../scripts/page-build.ts";
import { projectRoot } from "../../../scripts/paths.ts";

const FILE = "third-party-licenses.txt";
const SHIPPED = ["content-script", "extension", "panel"];
/** They are in the npm package, not in the extension. */
const IN_NPM_ONLY = ["extension/cli", "extension/npm"];
/** Their dependencies stand in for the browser's own functions in Node. */
const FOR_NODE = ["@microsoft/signalr"];
/** Where a package has no licence file, that of the repository that it names is in scripts/licences. */
const OF_REPOSITORY = ["@microsoft/signalr", "@microsoft/signalr-protocol-msgpack"];
/** esbuild imports it for JSX. */
const OF_JSX = "preact";

interface PackageFile {
  readonly version: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** Our protocol package needs an older one than our tests do. */
const NESTED: Readonly<Record<string, string>> = {
  "@msgpack/msgpack": "@microsoft/signalr-protocol-msgpack/node_modules/@msgpack/msgpack",
};

const inPackage = (name: string, file: string): Promise<string> =>
  readFile(path.join(projectRoot, "node_modules", NESTED[name] ?? name, file), "utf8");

const licenceOf = (name: string): Promise<string> =>
  OF_REPOSITORY.includes(name)
    ? readFile(path.join(projectRoot, "scripts", "licences", "aspnetcore.txt"), "utf8")
    : inPackage(name, "LICENSE");

/** The expected packages, found without esbuild: those that our sources import, and their dependencies. */
async function packagesOfSources(): Promise<string[]> {
  const found = new Set([OF_JSX]);
  for (const folder of SHIPPED) {
    const entries = await readdir(path.join(projectRoot, folder), { recursive: true });
    for (const file of entries.filter((entry) => /(?<!\.d)\.tsx?$/.test(entry))) {
      if (IN_NPM_ONLY.some((room) => path.join(folder, file).startsWith(path.join(room, path.sep)))) continue;
      const text = await readFile(path.join(projectRoot, folder, file), "utf8");
      for (const [, name] of text.matchAll(
        /^import (?!type )[^;]*? from "((?:@[^/"]+\/)?[^./":][^/":]*)["/]/gm,
      ))
        if (name !== undefined) found.add(name);
    }
  }
  // The loop also visits packages that are added to the set meanwhile.
  for (const name of found) {
    const { dependencies = {} } = JSON.parse(await inPackage(name, "package.json")) as PackageFile;
    if (!FOR_NODE.includes(name)) for (const dependency of Object.keys(dependencies)) found.add(dependency);
  }
  return [...found].sort();
}

const BROWSERS = ["chrome", "firefox"] as const;

describe("the licences of third-party code", () => {
  let folder = "";
  let packages: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(path.join(os.tmpdir(), "hubscope-licenses-"));
    packages = await packagesOfSources();
    for (const browser of BROWSERS) await buildExtension({ browser, outDir: path.join(folder, browser) });
    await buildNpm({ outDir: path.join(folder, "npm") });
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(BROWSERS)("are all in the extension for %s, and no others", async (browser) => {
    const text = await readFile(path.join(folder, browser, FILE), "utf8");
    const sections = text.split(/\n-{80}\n\n/).slice(1);
    expect(sections.map((section) => section.slice(0, section.indexOf(" ")))).toEqual(packages);
    for (const [i, name] of packages.entries()) {
      const { version } = JSON.parse(await inPackage(name, "package.json")) as PackageFile;
      expect(sections[i]?.startsWith(`${name} ${version}\nhttps://`)).toBe(true);
      expect(sections[i]).toContain(await licenceOf(name));
    }
  });

  it("are beside the script for tests: it has the client of the connection doctor", async () => {
    const { script } = await buildPage({ outDir: path.join(folder, "page") });
    const text = await readFile(path.join(path.dirname(script), FILE), "utf8");
    const sections = text.split(/\n-{80}\n\n/).slice(1);
    expect(sections.map((section) => section.slice(0, section.indexOf(" ")))).toEqual(
      packages.filter((name) => /^@(?:microsoft|msgpack)\//.test(name)),
    );
  });

  it("are in the npm package: those of the command line, the reports, the panel and the script", async () => {
    const text = await readFile(path.join(folder, "npm", FILE), "utf8");
    for (const name of [
      "commander",
      "preact",
      "preact-render-to-string",
      "@preact/signals",
      "@microsoft/signalr",
    ])
      expect(text).toContain(await licenceOf(name));
    expect(text).not.toContain("Playwright");
  });
});
