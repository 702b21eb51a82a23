import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import "../../../extension/cli/reproduce/reproduce.ts";
import { writeRecordingFile } from "../../../extension/core/recording/recording-file.ts";
import { script, type EventScript } from "../core/event-script.ts";
import { lost } from "../report/recordings.ts";
import { runCli } from "./run-cli.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "hubscope-test-"));
});
afterEach(() => rm(folder, { recursive: true }));

const recording = ({ events }: EventScript): string =>
  writeRecordingFile([{ page: "p", recording: "p", url: "https://board.example/", events }], {
    ...{ exportedAt: "2026-11-24T10:00:00Z", hubscope: "1.0.0" },
  });

it("writes the test of the only interruption to standard output", async () => {
  const { code, out, err } = await runCli(["reproduce", "-"], { stdin: recording(lost(1)) });
  expect({ code, err }).toEqual({ code: 0, err: "" });
  expect(out).toMatch(/^import \{ expect, test \} from "hubscope\/playwright";\n/);
  expect(out).toContain("toSurvive(scenario)");
});

it("lists several, and writes the chosen one into a file", async () => {
  const stdin = recording(lost(3));
  const listed = await runCli(["reproduce", "-"], { stdin });
  expect(listed.code).toBe(2);
  expect(listed.err).toMatch(
    /^ {2}1 {2}2026-.*\/hubs\/board {2}Connection lost.*, for 2 s\n {2}2 .*\n {2}3 .*\n.*choose one of these with --number\.\n$/,
  );
  expect((await runCli(["reproduce", "-", "--number", "4"], { stdin })).err).toMatch(/there is no number 4/);
  const output = path.join(folder, "lost.spec.ts");
  const written = await runCli(["reproduce", "-", "--number", "2", "-o", output], { stdin });
  expect(written).toEqual({ code: 0, out: "", err: "" });
  expect(await readFile(output, "utf8")).toContain("2026-11-24 10:00:20");
});

it("says why there is none", async () => {
  const calm = await runCli(["reproduce", "-"], { stdin: recording(script().connected()) });
  expect(calm).toMatchObject({ code: 3, err: expect.stringMatching(/no interruptions in it/) as string });
  const unreadable = script().connected().at(5_000).closed(1);
  unreadable.add({ kind: "hub-lost", hub: 1, error: "Unexpected token < in JSON" });
  unreadable.state("Connected", "Reconnecting");
  const { code, err } = await runCli(["reproduce", "-"], { stdin: recording(unreadable) });
  expect(code).toBe(3);
  expect(err).toMatch(/No fault changes the content of a message\. Let a test server/);
});

it("never writes over the recording", async () => {
  const file = path.join(folder, "recording.json");
  await writeFile(file, recording(lost(1)));
  expect((await runCli(["reproduce", file, "-o", file])).code).toBe(2);
  expect(await readFile(file, "utf8")).toBe(recording(lost(1)));
});
