/** What `report` and `check` refuse, and how they say it. */
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { writeRecordingFile } from "../../../extension/core/recording/recording-file.ts";
import { START, range } from "../fakes/events.ts";
import { runCli } from "./run-cli.ts";

const stdin = writeRecordingFile(
  [
    {
      ...{ page: "top", recording: "top", url: "https://a.example/" },
      events: range(1, 5, {}).map((one) => ({ ...one, t: START + 10_000 * one.seq })),
    },
  ],
  { exportedAt: "2026-11-24T10:00:00Z", hubscope: "1.0.0" },
);

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "hubscope-test-"));
  await writeFile(path.join(folder, "a.json"), stdin);
});
afterEach(() => rm(folder, { recursive: true }));
const at = (name: string): string => path.join(folder, name);

describe("hubscope report refuses", () => {
  it.each([
    [
      ["--from", "+99999"],
      /^hubscope: .*a\.json: --from is after the end of the recording, which is 40.* s long\.\n$/,
    ],
    [["--to", "2020-01-01T00:00:00Z"], /--to is before the recording's beginning/],
    [["--from", "+12", "--to", "+13"], /a\.json: nothing was recorded in this range\.\n$/],
    [["--output", ""], /--output is empty/],
  ])("%j", async (args, says) => {
    const { code, err } = await runCli(["report", at("a.json"), "-f", "json", ...args]);
    expect(code).toBe(2);
    expect(err).toMatch(says);
  });

  it("a range without events also for a file, and leaves none", async () => {
    const args = ["report", at("a.json"), "-f", "json", "-o", at("x"), "--from", "+12", "--to", "+13"];
    expect((await runCli(args)).code).toBe(2);
    expect(await readdir(folder)).toEqual(["a.json"]);
  });

  it("the name of one file for several", async () => {
    const { code, err } = await runCli(["report", at("a.json"), "-f", "html,md", "-o", at("x.html")]);
    expect(code).toBe(2);
    expect(err).toMatch(/x\.html is the name of one: name a folder/);
    expect(await readdir(folder)).toEqual(["a.json"]);
  });

  it("a file as a folder", async () => {
    const { code, err } = await runCli(["report", at("a.json"), "-f", "md", "-o", at("a.json/x.md")]);
    expect(code).toBe(3);
    expect(err).toMatch(/a part of its path is not a folder\n$/);
  });
});

describe("hubscope check", () => {
  it("writes one report to standard output, and the text to standard error", async () => {
    const { out, err } = await runCli(["check", at("a.json"), "--junit", "-"]);
    expect(out).toMatch(/^<\?xml .*<\/testsuites>\n$/s);
    expect(err).toMatch(/findings/i);
    expect(await readdir(folder)).toEqual(["a.json"]);
  });

  it.each([
    [["--junit", "-", "--sarif", "-"], /name the same file/],
    [["--junit", "x", "--sarif", "./x"], /name the same file/],
    [["--junit", "a.json"], /is the recording itself/],
  ])("refuses to write over what is needed: %j", async (args, says) => {
    const named = args.map((one) => (/^(?:-|$)/.test(one) ? one : at(one)));
    const { code, err } = await runCli(["check", at("a.json"), ...named]);
    expect(code).toBe(2);
    expect(err).toMatch(says);
    expect(await readFile(at("a.json"), "utf8")).toBe(stdin);
  });

  it("fails for a damaged recording, after checking what can be read", async () => {
    await writeFile(at("cut.json"), stdin.slice(0, -200));
    const args = ["check", at("cut.json"), "--fail-on", "none", "--junit", at("junit.xml")];
    const { code, out, err } = await runCli(args);
    expect(code).toBe(3);
    expect(out).toMatch(/findings/i);
    expect(err).toMatch(/The file ends early/);
    expect(await readFile(at("junit.xml"), "utf8")).toMatch(/<error message="The file ends early/);
  });
});
