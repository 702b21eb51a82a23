/** The command line as a process that ends before its work is done: its reader has enough, or it gets a signal. */
import { spawn, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, open, readdir, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { writeRecordingFile } from "../../../extension/core/recording/recording-file.ts";
import { EXPORT_FORMATS } from "../../../extension/export/export-formats.ts";
import { bundleCommandLine } from "../../../scripts/npm-package.ts";
import { range } from "../fakes/events.ts";

let folder = "";
const at = (name: string): string => path.join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "hubscope-test-"));
  await bundleCommandLine(at("cli"));
  // The command line is an ES module, as the package that it is in.
  await writeFile(at("package.json"), '{ "type": "module" }');
  const page = { page: "top", recording: "top", url: "https://a.example/", events: range(1, 20_000, {}) };
  const about = { exportedAt: "2026-11-24T10:00:00Z", hubscope: "1.0.0" };
  await writeFile(at("long.json"), writeRecordingFile([page], about));
});
afterAll(() => rm(folder, { recursive: true }));
beforeEach(async () => {
  for (const name of ["temporary", "out"]) {
    await rm(at(name), { recursive: true, force: true });
    await mkdir(at(name));
  }
});

function start(...args: readonly string[]) {
  const [TMPDIR, TEMP, TMP] = Array<string>(3).fill(at("temporary"));
  const child = spawn(process.execPath, [at("cli/main.js"), ...args], {
    stdio: "pipe",
    env: { ...process.env, TMPDIR, TEMP, TMP },
  });
  return { child, err: text(child.stderr), exit: once(child, "exit") };
}

/** Nothing is left but these files. */
async function expectLeft(out: readonly string[]): Promise<void> {
  expect(await readdir(at("temporary"))).toEqual([]);
  expect(await readdir(at("out"))).toEqual(out);
}

describe("a command whose reader has read enough, as `head` has", () => {
  it.each(["json", "har", "html", "events.csv"])("ends in silence: %s", async (format) => {
    const { child, err, exit } = start("report", at("long.json"), "--format", format);
    await once(child.stdout, "data");
    child.stdout.destroy();
    expect(await exit).toEqual([0, null]);
    expect(await err).toBe("");
    await expectLeft([]);
  });
});

describe
  .skipIf(!existsSync("/dev/full"))
  .each([
    ["report", "long.json"],
    ["check", "long.json"],
    ["compare", "long.json", "long.json"],
    ["summary", "--jobs", "1", "long.json"],
    ["--help"],
  ] as const)("a full disk: %s", (...words) => {
  it("is one sentence", async () => {
    const args = words.map((word) => (word.endsWith(".json") ? at(word) : word));
    const full = await open("/dev/full", "w");
    const child = spawn(process.execPath, [at("cli/main.js"), ...args], {
      stdio: ["ignore", full.fd, "pipe"],
    });
    const err = child.stderr && text(child.stderr);
    expect(await once(child, "exit")).toEqual([3, null]);
    expect(await err).toBe("hubscope: standard output: the disk is full\n");
    await full.close();
  });
});

it.skipIf(!existsSync("/dev/full"))("fails if it can't say what is wrong", async () => {
  const full = await open("/dev/full", "w");
  const args = [at("cli/main.js"), "summary", "--jobs", "1", at("long.json"), at("none.json")];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "ignore", full.fd] });
  expect(await once(child, "exit")).toEqual([3, null]);
  await full.close();
});

describe.skipIf(process.platform === "win32").each([
  ["SIGINT", 130],
  ["SIGTERM", 143],
] as const)("a command that gets %s", (signal, code) => {
  const ends = async (child: ChildProcess, exit: Promise<unknown[]>, err: Promise<string>): Promise<void> => {
    child.kill(signal);
    expect(await exit).toEqual([code, null]);
    expect(await err).toBe("");
  };

  it("leaves nothing of what it reads from standard input", async () => {
    const { child, err, exit } = start("report", "-", "--output", at("out/a.html"));
    child.stdin.write('{"format":');
    await expect.poll(() => readdir(at("temporary")), { interval: 5, timeout: 20_000 }).toHaveLength(1);
    await ends(child, exit, err);
    await expectLeft([]);
  });

  it("leaves no half-written file", async () => {
    const kinds = EXPORT_FORMATS.map(({ kind }) => kind).join();
    const { child, err, exit } = start("report", at("long.json"), "--format", kinds, "--output", at("out"));
    // It goes on with the other formats for long.
    await expect.poll(() => readdir(at("out")), { interval: 1, timeout: 20_000 }).not.toEqual([]);
    await ends(child, exit, err);
    expect((await readdir(at("out"))).filter((name) => name.endsWith(".part"))).toEqual([]);
    expect((await readdir(at("out"))).length).toBeLessThan(EXPORT_FORMATS.length);
    expect(await readdir(at("temporary"))).toEqual([]);
  });
});
