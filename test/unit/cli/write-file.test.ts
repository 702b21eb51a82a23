/** Where `--output` and the reports of `check` are written. */
import { execFileSync } from "node:child_process";
import {
  lstat,
  mkdir,
  mkdtemp,
  readdir,
  readFile,
  readlink,
  rm,
  stat,
  symlink,
  writeFile,
} from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeRecordingFile } from "../../../extension/core/recording/recording-file.ts";
import { range } from "../fakes/events.ts";
import { runCli, type CliRun } from "./run-cli.ts";

const stdin = writeRecordingFile(
  [{ page: "top", recording: "top", url: "https://a.example/", events: range(1, 5, {}) }],
  { exportedAt: "2026-11-24T10:00:00Z", hubscope: "1.0.0" },
);

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "hubscope-test-"));
});
afterEach(() => rm(folder, { recursive: true }));
const at = (name: string): string => path.join(folder, name);

describe.skipIf(process.platform === "win32").each([
  ["report --output", (to: string) => ["report", "-", "-f", "json", "-o", to]],
  ["check --junit", (to: string) => ["check", "-", "--fail-on", "none", "--junit", to]],
  ["check --sarif", (to: string) => ["check", "-", "--fail-on", "none", "--sarif", to]],
] as const)("%s", (_, args) => {
  const writeTo = async (name: string): Promise<CliRun> => runCli(args(at(name)), { stdin });

  it("writes into a pipe, which stays one", async () => {
    execFileSync("mkfifo", [at("pipe")]);
    const [{ code }, text] = await Promise.all([writeTo("pipe"), readFile(at("pipe"), "utf8")]);
    expect(code).toBe(0);
    expect(text).toMatch(/^[<{]/);
    expect((await stat(at("pipe"))).isFIFO()).toBe(true);
    expect(await readdir(folder)).toEqual(["pipe"]);
  });

  it("writes the file behind a link, which stays one, and its mode", async () => {
    await mkdir(at("there"));
    await writeFile(at("there/real"), "before", { mode: 0o600 });
    await symlink("there/real", at("link"));
    await symlink("there/none", at("dangling"));
    expect((await writeTo("link")).code).toBe(0);
    expect((await writeTo("dangling")).code).toBe(0);
    expect(await readFile(at("there/real"), "utf8")).toMatch(/^[<{]/);
    expect(await readFile(at("there/none"), "utf8")).toMatch(/^[<{]/);
    expect((await stat(at("there/real"))).mode & 0o777).toBe(0o600);
    expect(await readlink(at("link"))).toBe("there/real");
    expect((await lstat(at("dangling"))).isSymbolicLink()).toBe(true);
    expect((await readdir(at("there"))).sort()).toEqual(["none", "real"]);
  });

  it("touches no other file", async () => {
    await writeFile(at("mine"), "mine");
    await symlink("mine", at("x.part"));
    await writeFile(at("x"), "before");
    expect((await writeTo("x")).code).toBe(0);
    expect(await readFile(at("mine"), "utf8")).toBe("mine");
    expect((await readdir(folder)).sort()).toEqual(["mine", "x", "x.part"]);
  });

  it("says that there is no such folder", async () => {
    const { code, err } = await writeTo("none/x");
    expect(code).toBe(3);
    expect(err).toContain("none/x: no such file or folder");
  });
});

describe("hubscope report --output", () => {
  it("refuses to write over the recording through a link", async () => {
    await writeFile(at("a.json"), stdin);
    await symlink("a.json", at("link"));
    const { code, err } = await runCli(["report", at("a.json"), "-f", "json", "-o", at("link")]);
    expect(code).toBe(2);
    expect(err).toMatch(/is the recording itself/);
    expect(await readFile(at("a.json"), "utf8")).toBe(stdin);
  });
});
