import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { text } from "node:stream/consumers";
import { weighBundles } from "./budgets.ts";
import { buildExtension } from "./build.ts";
import { buildMonitor } from "./monitor-build.ts";
import { buildPage } from "./page-build.ts";
import { buildDir, projectRoot } from "./paths.ts";
import { readHouse } from "./rooms.ts";

export interface Outcome {
  ok: boolean;
  /** Always shown. */
  summary?: string;
  /** Shown when it failed. */
  details?: string;
}

export interface Step {
  name: string;
  /** The step whose output this one checks. */
  after?: "build";
  /** Takes a minute, and only reads the sources: it may run beside the tests. */
  slow?: true;
  /** With `fix` it first fixes what it can. */
  run(fix: boolean): Promise<Outcome>;
}

/** Fast and most useful ones first. */
export const steps: readonly Step[] = [
  { name: "types", slow: true, run: () => tool("typescript/bin/tsc", "-p", "tsconfig.json") },
  {
    name: "lint",
    slow: true,
    run: (fix) => tool("eslint/bin/eslint.js", ".", "--max-warnings", "0", ...(fix ? ["--fix"] : [])),
  },
  {
    name: "format",
    slow: true,
    run: (fix) => tool("prettier/bin/prettier.cjs", fix ? "--write" : "--check", "--log-level", "warn", "."),
  },
  { name: "rooms", run: rooms },
  { name: "unused", run: () => tool("knip/bin/knip.js") },
  { name: "build", run: build },
  { name: "budgets", after: "build", run: budgets },
  {
    name: "store lint",
    after: "build",
    run: () =>
      tool(
        "web-ext/bin/web-ext.js",
        "lint",
        "--no-config-discovery",
        "--warnings-as-errors",
        `--source-dir=${buildDir("firefox")}`,
      ),
  },
];

async function rooms(): Promise<Outcome> {
  const { drawing, faults, summary } = await readHouse();
  return {
    ok: faults.length === 0,
    summary: `${summary}\n${drawing.replaceAll(/^/gm, "  ")}`,
    details: faults.join("\n"),
  };
}

/** Runs an installed package's program in the project's folder. */
async function tool(program: string, ...args: string[]): Promise<Outcome> {
  const file = path.join(projectRoot, "node_modules", program);
  const child = spawn(process.execPath, [file, ...args], {
    cwd: projectRoot,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const [stdout, stderr, exit] = await Promise.all([
    text(child.stdout),
    text(child.stderr),
    once(child, "exit"),
  ]);
  return { ok: exit[0] === 0, details: stdout + stderr };
}

async function build(): Promise<Outcome> {
  const missing = new Set<string>();
  for (const browser of ["chrome", "firefox"] as const) {
    for (const file of (await buildExtension({ browser })).missing) missing.add(file);
  }
  await buildPage();
  await buildMonitor();
  return { ok: missing.size === 0, details: [...missing].map((file) => `no such file: ${file}\n`).join("") };
}

async function budgets(): Promise<Outcome> {
  const weights = await weighBundles();
  const lines = weights.map(
    ({ file, kilobytes, allowed, laterKilobytes }) =>
      `${file} ${kilobytes.toFixed(1)} of ${String(allowed)} KB gzipped` +
      (laterKilobytes > 0 ? ` (and ${laterKilobytes.toFixed(1)} KB later)` : ""),
  );
  return { ok: weights.every(({ kilobytes, allowed }) => kilobytes <= allowed), summary: lines.join(", ") };
}
