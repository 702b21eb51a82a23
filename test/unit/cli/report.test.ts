import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { readRecordingFile, writeRecordingFile } from "../../../extension/core/recording/recording-file.ts";
import { formatNames, kindsNamed } from "../../../extension/export/format-names.ts";
import { EXPORT_FORMATS } from "../../../extension/export/export-formats.ts";
import { START, range } from "../fakes/events.ts";
import { runCli } from "./run-cli.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "hubscope-test-"));
});
afterEach(() => rm(folder, { recursive: true }));

const at = (name: string): string => path.join(folder, name);
const page = (id: string, events: readonly RecordedEvent[]) => ({
  ...{ page: id, recording: "top", url: `https://${id}.example/`, events },
});
const recordingOf = (...pages: ReturnType<typeof page>[]): string =>
  writeRecordingFile(pages, { exportedAt: "2026-11-24T10:00:00Z", hubscope: "1.0.0" });
const small = recordingOf(page("top", range(1, 5, {})), page("frame", range(1, 3, {})));

const seqsIn = (text: string): number[][] => {
  const read = readRecordingFile(text);
  if (!read.ok) throw new Error(read.problem);
  return read.file.pages.map(({ events }) => events.map(({ seq }) => seq));
};

describe("hubscope report", () => {
  it("reads a HAR file, and says what it doesn't tell", async () => {
    const har = path.resolve(import.meta.dirname, "../../fixtures/har/playwright.json");
    const { code, out, err } = await runCli(["report", har, "--format", "txt"]);
    expect(code).toBe(0);
    expect(err).toContain("Read from a HAR file, written by Playwright 1.65.1. It doesn't tell why");
    expect(out).toContain("/hubs/board");
  });

  it("writes one file to standard output, and nothing else", async () => {
    await writeFile(at("a.json"), small);
    const { code, out, err } = await runCli(["report", at("a.json"), "--format", "json"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(seqsIn(out)).toEqual([
      [1, 2, 3, 4, 5],
      [1, 2, 3],
    ]);
  });

  it("writes an HTML report by default", async () => {
    const { code, out } = await runCli(["report", "-"], { stdin: small });
    expect(code).toBe(0);
    expect(out).toMatch(/^<!doctype html>/i);
  });

  it("reads gzip from standard input, and writes gzip to a file", async () => {
    const args = ["report", "-", "-f", "json.gz", "-o", at("b.json.gz")];
    const { code, out, err } = await runCli(args, { stdin: gzipSync(small) });
    expect({ code, out, err }).toEqual({ code: 0, out: "", err: "" });
    expect(seqsIn(gunzipSync(await readFile(at("b.json.gz"))).toString())).toHaveLength(2);
  });

  it("writes several recordings and formats into a folder, each under its own name", async () => {
    await writeFile(at("a.json"), small);
    await writeFile(at("a.json.gz"), gzipSync(small));
    const args = ["report", at("a.json"), at("a.json.gz"), "-f", "html,json", "-o", at("out")];
    expect(await runCli(args)).toEqual({ code: 0, out: "", err: "" });
    expect((await readdir(at("out"))).sort()).toEqual(["a-2.html", "a-2.json", "a.html", "a.json"]);
  });

  it("names what it writes of a HAR file after it, without its ending", async () => {
    const har = new URL("../../fixtures/har/playwright.json", import.meta.url);
    await writeFile(at("a.har"), await readFile(har));
    expect((await runCli(["report", at("a.har"), "-f", "html,har", "-o", at("out")])).code).toBe(0);
    expect((await readdir(at("out"))).sort()).toEqual(["a.har", "a.html"]);
  });

  it("sorts the events of a page that are out of order, and leaves out those that it has already", async () => {
    const shuffled = [...range(4, 5, {}), ...range(1, 4, {})];
    const text = recordingOf(page("top", shuffled), page("frame", range(1, 2, {})));
    const { code, out, err } = await runCli(["report", "-", "-f", "json"], { stdin: text });
    expect(code).toBe(0);
    expect(seqsIn(out)).toEqual([
      [1, 2, 3, 4, 5],
      [1, 2],
    ]);
    expect(err).toMatch(/1 event could not be read/);
  });

  it("takes the address of a page from behind its events", async () => {
    const [event] = range(1, 1, {});
    const text = `{"pages":[{"events":[${JSON.stringify(event)}],"url":"https://late.example/","recording":"p","page":"p"}],"version":2,"format":"hubscope-recording"}`;
    const { out } = await runCli(["report", "-", "-f", "json"], { stdin: text });
    expect(JSON.parse(out)).toMatchObject({ pages: [{ page: "p", url: "https://late.example/" }] });
  });

  it("uses what it can of a damaged file, and says so", async () => {
    const whole = recordingOf(page("top", range(1, 50, {})));
    const { code, out, err } = await runCli(["report", "-", "-f", "json"], {
      stdin: whole.slice(0, whole.length - 200),
    });
    expect(code).toBe(0);
    expect(seqsIn(out)[0]?.length).toBeGreaterThan(40);
    expect(err).toMatch(/^hubscope: standard input: The file ends early: \d+ events were read/);
    const packed = gzipSync(whole, { level: 0 });
    const cut = await runCli(["report", "-", "-f", "json"], { stdin: packed.subarray(0, -100) });
    expect(cut.code).toBe(0);
    expect(cut.err).toMatch(/The file ends early/);
  });

  it("names a file that can't be read, and uses the others", async () => {
    await writeFile(at("a.json"), small);
    await writeFile(at("bad.json"), "{}");
    const files = [at("none.json"), at("bad.json"), at("a.json")];
    const { code, err } = await runCli(["report", ...files, "-f", "json", "-o", at("out")]);
    expect(code).toBe(3);
    expect(err).toMatch(/none\.json: no such file or folder\n.*bad\.json: This is JSON, but not/);
    expect(await readdir(at("out"))).toEqual(["a.json"]);
  });

  it("leaves no half file and no temporary file behind", async () => {
    await writeFile(at("bad.json"), "[]");
    const { code } = await runCli(["report", at("bad.json"), "-f", "json", "-o", at("x.json")]);
    expect(code).toBe(3);
    expect(await readdir(folder)).toEqual(["bad.json"]);
  });

  it("refuses to write over the recording that it reads", async () => {
    await writeFile(at("a.json"), small);
    const { code, err } = await runCli(["report", at("a.json"), "-f", "json", "-o", at("a.json")]);
    expect(code).toBe(2);
    expect(err).toMatch(/is the recording itself/);
    expect(await readFile(at("a.json"), "utf8")).toBe(small);
  });

  it("writes only the part that is asked for", async () => {
    const lasting = recordingOf(
      page(
        "top",
        range(1, 5, {}).map((one) => ({ ...one, t: START + 1_000 * one.seq })),
      ),
    );
    const { out } = await runCli(
      ["report", "-", "-f", "json", "--from", "+2", "--to", new Date(START + 4_000).toISOString()],
      {
        stdin: lasting,
      },
    );
    const read = readRecordingFile(out);
    const times = read.ok ? read.file.pages.flatMap(({ events }) => events.map(({ t }) => t)) : [];
    expect(Math.min(...times)).toBeGreaterThanOrEqual(START + 3_000);
    expect(Math.max(...times)).toBe(START + 4_000);
    const wrong = await runCli(["report", "-", "--from", "noon"]);
    expect(wrong.code).toBe(2);
    expect(wrong.err).toMatch(/^hubscope: --from is a time such as/);
  });

  it("refuses several files for standard output", async () => {
    const { code, err } = await runCli(["report", "-", "-f", "html,json"]);
    expect(code).toBe(2);
    expect(err).toMatch(/name a folder/);
  });

  it("prints no escape sequence of a file's name", async () => {
    const { err } = await runCli(["report", "\u001b[31mred\n.json"]);
    expect(err).toBe("hubscope: \\u001B[31mred .json: no such file or folder\n");
  });
});

describe("the names of formats", () => {
  it("are the beginnings of their file extensions, or these where two begin alike", () => {
    for (const { kind } of EXPORT_FORMATS) expect(kindsNamed(kind)).toEqual([kind]);
    expect(kindsNamed("json")).toEqual(["json"]);
    for (const name of formatNames()) expect(kindsNamed(name)).not.toEqual([]);
  });

  it("are listed for a wrong one", async () => {
    const { code, err } = await runCli(["report", "-", "-f", "pdf"]);
    expect(code).toBe(2);
    expect(err).toBe(`hubscope: there is no format "pdf". There are ${formatNames().join(", ")}.\n`);
  });
});
