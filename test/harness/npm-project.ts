/** An empty project in which the npm package is installed from its archive, next to Playwright and Puppeteer. */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { buildNpm, packNpm } from "../../scripts/npm-package.ts";
import { projectRoot } from "../../scripts/paths.ts";

export interface Ran {
  readonly code: number;
  readonly output: string;
}

export interface NpmProject {
  readonly folder: string;
  put(name: string, content: string): Promise<void>;
  run(command: string, args: readonly string[]): Promise<Ran>;
  /** Runs a script of a package. */
  node(file: string, ...args: readonly string[]): Promise<Ran>;
  remove(): Promise<void>;
}

/** Of this project. They stand for those that a team has installed. */
const OWN = [
  "@playwright/test",
  "playwright",
  "playwright-core",
  "puppeteer-core",
  "typescript",
  "@types/node",
];

export async function createNpmProject(): Promise<NpmProject> {
  const around = await mkdtemp(path.join(os.tmpdir(), "hubscope-npm-"));
  const folder = path.join(around, "project");
  await mkdir(folder);
  const project: NpmProject = {
    folder,
    async put(name, content) {
      await mkdir(path.dirname(path.join(folder, name)), { recursive: true });
      await writeFile(path.join(folder, name), content);
    },
    async run(command, args) {
      const child = spawn(command, args, {
        cwd: folder,
        stdio: ["ignore", "pipe", "pipe"],
        shell: process.platform === "win32",
        env: { ...process.env, NO_COLOR: "1", FORCE_COLOR: undefined },
      });
      const [out, err, exit] = await Promise.all([
        text(child.stdout),
        text(child.stderr),
        once(child, "exit"),
      ]);
      return { code: exit[0] as number, output: out + err };
    },
    node: (file, ...args) => project.run(process.execPath, [path.join("node_modules", file), ...args]),
    remove: () => rm(around, { recursive: true, force: true }),
  };
  const archive = packNpm(await buildNpm({ outDir: path.join(around, "npm") }));
  await project.put("package.json", '{ "name": "empty", "private": true }');
  // It has no dependencies, so it installs without a registry.
  const installed = await project.run("npm", ["install", "--offline", "--no-audit", "--no-fund", archive]);
  if (installed.code !== 0) throw new Error(installed.output);
  await mkdir(path.join(folder, "node_modules/@playwright"), { recursive: true });
  await mkdir(path.join(folder, "node_modules/@types"), { recursive: true });
  for (const name of OWN)
    await symlink(path.join(projectRoot, "node_modules", name), path.join(folder, "node_modules", name));
  return project;
}
