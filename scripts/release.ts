/**
 * `npm run release -- VERSION [--date YYYY-MM-DD] [--commit]`: raises the version in manifest.json, package.json, package-lock.json and
 * CHANGELOG.md together. With `--commit` it also makes the commit and its tag. It pushes and uploads nothing.
 */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { parseArgs } from "node:util";
import { projectRoot } from "./paths.ts";
import { planRelease, type ReleaseFiles } from "./release-plan.ts";
import { git } from "./source-archive.ts";

const NAMES = ["manifest.json", "package.json", "package-lock.json", "CHANGELOG.md"] as const;

const USAGE = "npm run release -- VERSION [--date YYYY-MM-DD] [--commit]";

async function release(version: string, date: string, commit: boolean): Promise<number> {
  const plan = planRelease({
    version,
    date,
    changed: git(projectRoot, "status", "--porcelain").split("\n").filter(Boolean),
    files: await readFiles(),
  });
  if ("refused" in plan) {
    console.error(plan.refused);
    return 1;
  }
  for (const name of NAMES) await writeFile(path.join(projectRoot, name), plan.files[name]);
  console.log(`${NAMES.join(", ")}: ${version}`);
  if (commit) {
    git(projectRoot, "commit", "--quiet", "--message", `Release ${version}`, "--", ...NAMES);
    git(projectRoot, "tag", "--annotate", `v${version}`, "--message", `Hubscope ${version}`);
    console.log(`Committed, and tagged v${version}.`);
  }
  console.log(nextSteps(version, commit));
  return 0;
}

async function readFiles(): Promise<ReleaseFiles> {
  const [manifest, packageJson, lock, changelog] = await Promise.all(
    NAMES.map((name) => readFile(path.join(projectRoot, name), "utf8")),
  );
  return {
    "manifest.json": manifest ?? "",
    "package.json": packageJson ?? "",
    "package-lock.json": lock ?? "",
    "CHANGELOG.md": changelog ?? "",
  };
}

function nextSteps(version: string, committed: boolean): string {
  const steps = [
    ...(committed
      ? []
      : [`look at the changes, then: git commit -am "Release ${version}" && git tag v${version}`]),
    ".ci/run",
    "npm run package && npm run package:source && npm run package:verify",
    `git push origin HEAD v${version}`,
    "upload the archives in dist/ to both stores, as docs/store/README.md says",
  ];
  return `Next:\n${steps.map((step, index) => `  ${String(index + 1)}. ${step}`).join("\n")}`;
}

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { date: { type: "string" }, commit: { type: "boolean", default: false } },
});
const [version, ...more] = positionals;
if (version === undefined || more.length > 0) {
  console.error(USAGE);
  process.exitCode = 1;
} else {
  const today = new Date().toISOString().slice(0, 10);
  process.exitCode = await release(version, values.date ?? today, values.commit);
}
