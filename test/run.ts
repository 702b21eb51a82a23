import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { ensureBrowser } from "../scripts/browsers.ts";
import { buildExtension } from "../scripts/build.ts";
import { buildPage } from "../scripts/page-build.ts";
import { projectRoot } from "../scripts/paths.ts";
import { USED_PROFILE } from "./harness/browser/firefox/profile.ts";
import { makeUsedProfile } from "./harness/browser/firefox/used-profile.ts";
import { addTallies, formatTally, readTally, type Tally } from "./tally.ts";

const projects = ["unit", "contract", "browser"] as const;
type Project = (typeof projects)[number];

/** `npm test [-- [project…] [file filter…]]`: the cheap tests first, and a closing line that counts them all. */
async function main(args: string[]): Promise<number> {
  const chosen = projects.filter((project) => args.includes(project));
  const filters = args.filter((arg) => !projects.some((project) => project === arg));
  let total: Tally = { passed: 0, failed: 0, skipped: 0 };
  for (const project of chosen.length > 0 ? chosen : projects) {
    if (project === "browser") await prepareBrowsers();
    const profile = project === "browser" && filters.length === 0 ? await makeUsedProfile() : undefined;
    const environment = profile === undefined ? {} : { [USED_PROFILE]: profile };
    total = addTallies(total, await runProject(project, filters, environment));
    if (profile !== undefined) await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
  if (total.passed + total.failed === 0) console.error("No test ran.");
  console.log(formatTally(total));
  return total.failed > 0 || total.passed === 0 ? 1 : 0;
}

/** What the tests in browsers need: the browsers, and the extension and the script for tests as they ship. */
async function prepareBrowsers(): Promise<void> {
  ensureBrowser("chromium");
  ensureBrowser("firefox");
  for (const browser of ["chrome", "firefox"] as const) await buildExtension({ browser });
  await buildPage();
}

async function runProject(
  project: Project,
  filters: string[],
  environment: NodeJS.ProcessEnv,
): Promise<Tally> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "hubscope-test-"));
  const results = path.join(folder, "results.json");
  const vitest = path.join(projectRoot, "node_modules", "vitest", "vitest.mjs");
  const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${results}`];
  const child = spawn(process.execPath, [vitest, "run", "--project", project, ...reporters, ...filters], {
    cwd: projectRoot,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...environment },
  });
  const [exitCode] = (await once(child, "exit")) as [number | null];
  try {
    return await readTally(results, exitCode === 0);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

process.exitCode = await main(process.argv.slice(2));
