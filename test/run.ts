import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { ensureBrowser } from "../scripts/browsers.ts";
import { buildExtension } from "../scripts/build.ts";
import { buildMonitor } from "../scripts/monitor-build.ts";
import { buildPage } from "../scripts/page-build.ts";
import { projectRoot } from "../scripts/paths.ts";
import { USED_PROFILE } from "./harness/browser/firefox/profile.ts";
import { makeUsedProfile } from "./harness/browser/firefox/used-profile.ts";
import { REPORT_FILE } from "./report.ts";
import { addResults, formatFailures, formatTally, readResult, type Result } from "./tally.ts";

const projects = ["unit", "contract", "browser"] as const;
type Project = (typeof projects)[number];

/** As `vitest.config.ts` names them. */
const VITEST_PROJECTS: Readonly<Record<Project, readonly string[]>> = {
  unit: ["unit", "unit-pure"],
  contract: ["contract"],
  browser: ["browser"],
};

/**
 * `npm test [-- [project…] [file filter…]]`: the cheap tests first. What failed is named again at the end; the closing line counts
 * all.
 */
async function main(args: string[]): Promise<number> {
  const chosen = projects.filter((project) => args.includes(project));
  const filters = args.filter((arg) => !projects.some((project) => project === arg));
  let total: Result = { tally: { passed: 0, failed: 0, skipped: 0 }, failures: [] };
  for (const project of chosen.length > 0 ? chosen : projects) {
    if (project === "browser") await prepareBrowsers();
    const profile = project === "browser" && filters.length === 0 ? await makeUsedProfile() : undefined;
    const environment = profile === undefined ? {} : { [USED_PROFILE]: profile };
    total = addResults(total, await runProject(project, filters, environment));
    if (profile !== undefined) await rm(profile, { recursive: true, force: true, maxRetries: 5 });
  }
  const { tally, failures } = total;
  if (tally.passed + tally.failed === 0) console.error("No test ran.");
  process.stdout.write(formatFailures(failures));
  console.log(formatTally(tally));
  return tally.failed > 0 || tally.passed === 0 ? 1 : 0;
}

/** What the tests in browsers need: the browsers, and the extension, the script for tests and the monitor as they ship. */
async function prepareBrowsers(): Promise<void> {
  ensureBrowser("chromium");
  ensureBrowser("firefox");
  for (const browser of ["chrome", "firefox"] as const) await buildExtension({ browser });
  await buildPage();
  await buildMonitor();
}

async function runProject(
  project: Project,
  filters: string[],
  environment: NodeJS.ProcessEnv,
): Promise<Result> {
  const folder = await mkdtemp(path.join(os.tmpdir(), "hubscope-test-"));
  const report = path.join(folder, "report.json");
  const vitest = path.join(projectRoot, "node_modules", "vitest", "vitest.mjs");
  const reporters = ["--reporter=default", `--reporter=${path.join(projectRoot, "test", "report.ts")}`];
  const names = VITEST_PROJECTS[project].flatMap((name) => ["--project", name]);
  const child = spawn(process.execPath, [vitest, "run", ...names, ...reporters, ...filters], {
    cwd: projectRoot,
    stdio: ["ignore", "inherit", "inherit"],
    env: { ...process.env, ...environment, [REPORT_FILE]: report },
  });
  const [exitCode] = (await once(child, "exit")) as [number | null];
  try {
    return await readResult(report, exitCode === 0, project);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

process.exitCode = await main(process.argv.slice(2));
