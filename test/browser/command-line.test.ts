/** What the command line does with browsers: it records a page in one, and shows recordings in any. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readFile, rm, symlink } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import puppeteer from "puppeteer-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findBrowser } from "../../extension/cli/record/find-browser.ts";
import { thisSystem } from "../../extension/cli/record/system.ts";
import { readRecordingFile } from "../../extension/core/recording/recording-file.ts";
import { buildNpm } from "../../scripts/npm-package.ts";
import { projectRoot } from "../../scripts/paths.ts";
import { startDemo, type RunningDemo } from "../harness/demo/serve.ts";
import { startNodeHub } from "../harness/hubs/node/node-hub.ts";
import type { RunningHub } from "../harness/hubs/running-hub.ts";

let folder = "";
let hub: RunningHub;
let demo: RunningDemo;

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "hubscope-cli-"));
  await buildNpm({ outDir: path.join(folder, "npm") });
  hub = await startNodeHub();
  demo = await startDemo({ hubUrl: `${hub.url}/hubs/board` });
});
afterAll(async () => {
  await demo.stop();
  await hub.stop();
  await rm(folder, { recursive: true, force: true });
});

interface Running {
  readonly child: ChildProcess;
  /** Its first line on standard output. */
  readonly firstLine: Promise<string>;
  readonly ended: Promise<{ readonly code: number | null; readonly out: string; readonly err: string }>;
}

function start(...args: readonly string[]): Running {
  const child = spawn(process.execPath, [path.join(folder, "npm/cli/main.js"), ...args], {
    cwd: folder,
    stdio: ["ignore", "pipe", "pipe"],
  });
  const out = text(child.stdout);
  const firstLine = new Promise<string>((resolve) => {
    let seen = "";
    child.stdout.on("data", (part: Buffer) => {
      seen += part.toString();
      if (seen.includes("\n")) resolve(seen.slice(0, seen.indexOf("\n")));
    });
  });
  return {
    ...{ child, firstLine },
    ended: Promise.all([out, text(child.stderr), once(child, "exit")]).then(([all, err, [code]]) => ({
      ...{ out: all, err, code: code as number | null },
    })),
  };
}

/** Connections of the hub, by the server's log: closed ones, too. */
async function untilConnected(times: number): Promise<void> {
  for (;;) {
    const log = await hub.log();
    if (log.filter(({ event }) => event === "connected").length >= times) return;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

it("needs puppeteer-core to record, and says so", async () => {
  const { code, err } = await start("record", demo.url).ended;
  expect({ code, err }).toEqual({
    code: 3,
    err: "hubscope: record needs the package puppeteer-core, which drives the browser: npm install --save-dev puppeteer-core\n",
  });
});

describe.each(["chromium", "firefox"] as const)("in %s", (kind) => {
  const file = (): string => path.join(folder, `${kind}.json`);

  it("records a page until Ctrl+C, and says why its connection broke", async () => {
    await mkdir(path.join(folder, "npm/node_modules"), { recursive: true });
    await symlink(
      path.join(projectRoot, "node_modules/puppeteer-core"),
      path.join(folder, "npm/node_modules/puppeteer-core"),
    ).catch(() => undefined);
    const before = (await hub.log()).filter(({ event }) => event === "connected").length;
    const { child, ended } = start(
      ...["record", `${demo.url}?reconnect=1`, "--for", "10m", "--browser", kind, "-o", file()],
    );
    await untilConnected(before + 1);
    await hub.control({ do: "dropSockets" });
    await untilConnected(before + 2);
    child.kill("SIGINT");
    const { code, out, err } = await ended;
    expect(err).toBe(
      `hubscope: recording for 10 min; Ctrl+C ends it earlier.\nhubscope: written: ${file()}\n`,
    );
    expect(code).toBe(0);
    expect(out).toMatch(/1 interruption/);
    const read = readRecordingFile(await readFile(file(), "utf8"));
    expect(read).toMatchObject({ ok: true, leftOut: 0 });
  });

  it("shows the recording in the panel", async () => {
    const { child, firstLine, ended } = start("view", file(), "--no-open");
    const browser = await puppeteer.launch({
      browser: kind === "firefox" ? "firefox" : "chrome",
      executablePath: findBrowser(kind),
      args: kind === "chromium" && thisSystem.isRoot ? ["--no-sandbox"] : [],
    });
    try {
      const page = await browser.newPage();
      const wrong: string[] = [];
      page.on("console", (message) => {
        if (message.type() === "error") wrong.push(message.text());
      });
      page.on("pageerror", (error) => wrong.push(String(error)));
      await page.goto(await firstLine);
      const row = await page.waitForSelector('[role="option"]');
      expect(await row?.evaluate((element) => element.textContent)).toMatch(/Connection|Network|lost/);
      expect(await page.title()).toBe(`${kind}.json – Hubscope`);
      expect(wrong).toEqual([]);
    } finally {
      await browser.close();
    }
    child.kill("SIGINT");
    expect(await ended).toMatchObject({ code: 0, err: "hubscope: Ctrl+C ends it.\n" });
  });
});
