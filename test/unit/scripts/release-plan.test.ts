import { readFile } from "node:fs/promises";
import path from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { projectRoot } from "../../../scripts/paths.ts";
import { planRelease, type ReleaseFiles, type ReleaseRequest } from "../../../scripts/release-plan.ts";

const CHANGELOG = `# Changelog

All changes.

## Unreleased

### Safer

- Nothing is lost.

## 0.1.0

The first.
`;

const files: ReleaseFiles = {
  "manifest.json": '{\n  "manifest_version": 3,\n  "version": "0.1.0",\n  "permissions": ["storage"]\n}\n',
  "package.json": '{\n  "name": "hubscope",\n  "version": "0.1.0"\n}\n',
  "package-lock.json":
    '{\n  "version": "0.1.0",\n  "packages": { "": { "version": "0.1.0" }, "other": { "version": "0.1.0" } }\n}\n',
  "CHANGELOG.md": CHANGELOG,
};

const plan = (different: Partial<ReleaseRequest> = {}) =>
  planRelease({ version: "0.2.0", date: "2026-12-01", changed: [], files, ...different });

function refusal(different: Partial<ReleaseRequest>): string {
  const planned = plan(different);
  return "refused" in planned ? planned.refused : "not refused";
}

function planned(different: Partial<ReleaseRequest> = {}): ReleaseFiles {
  const made = plan(different);
  if ("refused" in made) throw new Error(made.refused);
  return made.files;
}

describe("a release", () => {
  it("raises the version in all files, and nothing else in them", () => {
    const raised = planned();
    expect(raised["manifest.json"]).toBe(files["manifest.json"].replace("0.1.0", "0.2.0"));
    expect(raised["package.json"]).toBe(files["package.json"].replace("0.1.0", "0.2.0"));
    expect(JSON.parse(raised["package-lock.json"])).toEqual({
      version: "0.2.0",
      packages: { "": { version: "0.2.0" }, other: { version: "0.1.0" } },
    });
  });

  it("adds version and date to the unreleased changes, and starts a new unreleased section above", () => {
    expect(planned()["CHANGELOG.md"]).toBe(
      CHANGELOG.replace("## Unreleased\n", "## Unreleased\n\n## 0.2.0 (2026-12-01)\n"),
    );
  });

  it("can be the first with a changelog of its own", () => {
    const changelog = "# Changelog\n\n## Unreleased\n\n- All of it.\n";
    expect(planned({ files: { ...files, "CHANGELOG.md": changelog } })["CHANGELOG.md"]).toBe(
      "# Changelog\n\n## Unreleased\n\n## 0.2.0 (2026-12-01)\n\n- All of it.\n",
    );
  });

  it.each(["0.1.1", "0.10.0", "1.0.0", "0.1.65535"])("may be %s after 0.1.0", (version) => {
    expect(planned({ version })["package.json"]).toContain(`"version": "${version}"`);
  });

  it.each(["0.1.0", "0.0.9", "0.0.65535"])("is rejected as %s, which is not higher", (version) => {
    expect(refusal({ version })).toBe(`${version} is not higher than the present version, 0.1.0.`);
  });

  it.each(["v0.2.0", "0.2", "0.2.0.1", "0.2.0-beta.1", "0.2.0+5", "0.02.0", "0.2.65536", "next", ""])(
    "is rejected as %j, which the stores would reject, too",
    (version) => {
      expect(refusal({ version })).toContain("is no version that the stores take");
    },
  );

  it.each(["2026-02-30", "1.12.2026", "2026-12", "2026-12-01T00:00"])(
    "is rejected with the date %j",
    (date) => {
      expect(refusal({ date })).toContain("is no date");
    },
  );

  it("is rejected while there are uncommitted changes, and lists them", () => {
    expect(refusal({ changed: [" M panel/app.tsx"] })).toContain(" M panel/app.tsx");
  });

  it.each([
    ["without the heading", "# Changelog\n\n## 0.1.0\n\nThe first.\n"],
    ["with nothing under it", "# Changelog\n\n## Unreleased\n\n## 0.1.0\n\nThe first.\n"],
    ["with only a heading under it", "# Changelog\n\n## Unreleased\n\n### Safer\n\n## 0.1.0\n\nThe first.\n"],
  ])("is rejected with a changelog %s", (_, changelog) => {
    expect(refusal({ files: { ...files, "CHANGELOG.md": changelog } })).toContain(
      'nothing under "## Unreleased"',
    );
  });

  it("is rejected while the files contain different versions", () => {
    const manifest = files["manifest.json"].replace("0.1.0", "0.1.1");
    expect(refusal({ files: { ...files, "manifest.json": manifest } })).toBe(
      "The files don't agree on the present version: manifest.json 0.1.1, package.json 0.1.0, package-lock.json 0.1.0.",
    );
  });
});

describe("this project's files", () => {
  let present: ReleaseFiles;
  const read = (name: string): Promise<string> => readFile(path.join(projectRoot, name), "utf8");

  beforeAll(async () => {
    present = {
      "manifest.json": await read("manifest.json"),
      "package.json": await read("package.json"),
      "package-lock.json": await read("package-lock.json"),
      "CHANGELOG.md": (await read("CHANGELOG.md")).replace(
        "## Unreleased\n",
        "## Unreleased\n\n- Something.\n",
      ),
    };
  });

  it("can be released, with each own version raised and no other", () => {
    const raised = planned({ version: "65535.0.0", files: present });
    const versionOf = (json: string) => (JSON.parse(json) as { version: string }).version;
    expect(versionOf(raised["manifest.json"])).toBe("65535.0.0");
    expect(versionOf(raised["package.json"])).toBe("65535.0.0");
    const lock = JSON.parse(raised["package-lock.json"]) as { packages: Record<string, { version: string }> };
    const withNew = Object.keys(lock.packages).filter((name) => lock.packages[name]!.version === "65535.0.0");
    expect(versionOf(raised["package-lock.json"])).toBe("65535.0.0");
    expect(withNew).toEqual([""]);
  });

  it("keep to a Node version that package.json allows", async () => {
    const { engines } = JSON.parse(present["package.json"]) as { engines: { node: string } };
    const [, major, minor] = /^>=(\d+)\.(\d+)$/.exec(engines.node)!.map(Number);
    const [ours, oursMinor] = (await read(".nvmrc")).trim().split(".").map(Number);
    expect(ours! > major! || (ours === major && oursMinor! >= minor!)).toBe(true);
  });
});
