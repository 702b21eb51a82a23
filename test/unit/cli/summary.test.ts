import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { interruptionsOf } from "../../../extension/core/analysis/analyze.ts";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { availabilityOf } from "../../../extension/core/model/availability.ts";
import { CAUSE_TITLE } from "../../../extension/core/diagnosis/titles.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import { writeRecordingFile } from "../../../extension/core/recording/recording-file.ts";
import { createSumming, type Totals } from "../../../extension/cli/summary/totals.ts";
import { factsOf, type RecordingFacts } from "../../../extension/cli/summary/recording-facts.ts";
import { percentUp } from "../../../extension/report/facts/percent-up.ts";
import { projectRoot } from "../../../scripts/paths.ts";
import { troubleRecording } from "../../../panel/fixture/trouble.ts";
import { script } from "../core/event-script.ts";
import { START } from "../fakes/events.ts";
import { runCli } from "./run-cli.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "hubscope-test-"));
});
afterEach(() => rm(folder, { recursive: true }));
const at = (name: string): string => path.join(folder, name);

const recording = (events: readonly RecordedEvent[]): string =>
  writeRecordingFile([{ page: "p", recording: "p", url: "https://board.example/", events }], {
    ...{ exportedAt: "2026-11-24T10:00:00Z", hubscope: "1.0.0" },
  });
const trouble = troubleRecording(START);

const totalsOf = async (...args: string[]): Promise<Totals> => {
  const { code, out } = await runCli(["summary", folder, "--json", "--jobs", "1", ...args]);
  expect(code).toBe(0);
  return JSON.parse(out) as Totals;
};

describe("hubscope summary", () => {
  it("adds up recordings of all folders, whatever else is in them", async () => {
    await mkdir(at("nightly"));
    await writeFile(at("a.json"), recording(trouble));
    await writeFile(at("nightly/b.json.gz"), gzipSync(recording(trouble)));
    await writeFile(at("package.json"), '{"name":"x"}');
    await writeFile(at("notes.txt"), "notes");
    const totals = await totalsOf();
    const reducer = createReducer();
    reducer.apply("p", trouble);
    const own = interruptionsOf(reducer.model);
    expect(totals).toMatchObject({
      ...{ recordings: 2, damaged: 0, events: 2 * trouble.length, losses: 2 * own.length },
      unreadable: [
        { file: at("package.json"), problem: expect.stringMatching(/not a Hubscope recording/) as string },
      ],
    });
    expect(totals.recovered).toBe(2 * own.filter(({ recovered }) => recovered).length);
    expect(totals.causes.reduce((sum, { losses }) => sum + losses, 0)).toBe(totals.losses);
    expect(totals.hubs.reduce((sum, { losses }) => sum + losses, 0)).toBe(totals.losses);
    expect(totals.worst.map(({ file }) => path.basename(file))).toEqual(["a.json", "b.json.gz"]);
  });

  it("counts time without a connection as a report does, and tells injected faults apart", async () => {
    const life = script().connected();
    life.at(1_000).add({ kind: "lifecycle", phase: "freeze", persisted: false });
    life.at(5_000).add({ kind: "lifecycle", phase: "resume", persisted: false }).closed(1);
    life.add({ kind: "hub-lost", hub: 1, error: "closed" }).state("Connected", "Reconnecting");
    life.at(5_052).negotiate(2, "id-2").socket(2, 2).state("Reconnecting", "Connected", "id-2");
    const { events } = life.at(9_000).add({ kind: "still-open" });
    await writeFile(at("a.json"), recording(events));
    const reducer = createReducer();
    reducer.apply("p", events);
    const { up, down } = availabilityOf(reducer.model);
    expect(down).toBe(4_052);
    const totals = await totalsOf();
    expect(totals.hubs).toMatchObject([{ connected: up, disconnected: down }]);
    expect(totals.worst).toMatchObject([{ disconnected: down }]);
    const { out } = await runCli(["summary", folder, "-j", "1"]);
    expect(out).toMatch(new RegExp(`4\\.1 s +${percentUp({ up, down }).replace(".", "\\.")}`));
  });

  it("tells apart what was injected and why starts have failed, and names other causes for all their losses", () => {
    const summing = createSumming();
    const add = (cause: string, title: string): void => {
      summing.add({
        ...{ file: title, problem: null, from: 0, to: 1, events: 1, isDamaged: false, hubs: [] },
        disconnected: 1,
        losses: [{ url: "u", kind: "interruption", cause, title, end: "recovered", lasted: 1 }],
      });
    };
    for (const title of ["Injected: abrupt loss", "Injected: suspend tab"]) add("injected", title);
    for (const title of ["Unauthorized (401)", "No hub at this address (404)"]) add("start-failed", title);
    for (const title of ["Server error: one", "Server error: two"]) add("server-close", title);
    add("offline", "Offline, as one recording says");
    const { causes } = summing.totals();
    expect(causes.map(({ cause, title, losses }) => [cause, title, losses]).sort()).toEqual([
      ["injected", "Injected: abrupt loss", 1],
      ["injected", "Injected: suspend tab", 1],
      ["offline", "Offline, as one recording says", 1],
      ["server-close", CAUSE_TITLE["server-close"], 2],
      ["start-failed", "No hub at this address (404)", 1],
      ["start-failed", "Unauthorized (401)", 1],
    ]);
  });

  it("prints tables, with the files that could not be read", async () => {
    await writeFile(at("a.json"), recording(trouble));
    await writeFile(at("bad\u001b[2J.json"), "{");
    const { code, out, err } = await runCli(["summary", folder, "-j", "1"]);
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^1 recording, \d+ events\n1 file could not be read/);
    for (const part of ["Causes", "Hubs", "Worst recordings", "Not read", "Recovery: half within"])
      expect(out).toContain(part);
    expect(out).not.toContain("\u001b");
  });

  it("takes HAR files, too", async () => {
    const har = await readFile(path.join(projectRoot, "test/fixtures/har/playwright.json"));
    await writeFile(at("a.har"), har);
    await writeFile(at("b.har.gz"), gzipSync(har));
    await writeFile(at("c.har"), "{");
    const totals = await totalsOf();
    expect(totals).toMatchObject({ recordings: 2, unreadable: [{ file: at("c.har") }] });
    expect(totals.losses).toBeGreaterThan(1);
    expect(totals.hubs.map(({ url }) => new URL(url).pathname)).toContain("/hubs/board");
  });

  it("uses what it can of a damaged recording, and sorts one that is out of order", async () => {
    const whole = recording(trouble);
    await writeFile(at("cut.json"), whole.slice(0, -50));
    await writeFile(at("mixed.json"), recording([...trouble.slice(100), ...trouble.slice(0, 100)]));
    await writeFile(at("whole.json"), whole);
    const totals = await totalsOf();
    expect(totals).toMatchObject({ recordings: 3, damaged: 1, unreadable: [] });
    const [mixed, plain] = await Promise.all([factsOf(at("mixed.json")), factsOf(at("whole.json"))]);
    expect({ ...mixed, file: "" }).toEqual({ ...plain, file: "" });
  });

  it("fails where nothing can be read, or nothing is there", async () => {
    const none = await runCli(["summary", folder]);
    expect(none).toMatchObject({ code: 3, err: expect.stringMatching(/there are no recordings/) as string });
    await writeFile(at("a.json"), "{}");
    const bad = await runCli(["summary", folder, "--jobs", "1"]);
    expect(bad.code).toBe(3);
    expect(bad.out).toContain("a.json: This is JSON, but not");
    expect((await runCli(["summary", folder, "--jobs", "0"])).code).toBe(2);
    expect((await runCli(["summary", at("nowhere")])).code).toBe(3);
  });
});

describe("the percentiles of recovery", () => {
  const facts = (...times: number[]): RecordingFacts => ({
    ...{ file: "a", problem: null, from: 0, to: 1, events: 1, isDamaged: false, hubs: [] },
    disconnected: 0,
    losses: times.map((lasted) => ({
      ...{ url: "https://a.example/hub", kind: "interruption", cause: "offline", title: "Offline" },
      ...{ end: "recovered", lasted },
    })),
  });

  it("are measured times, by nearest rank", () => {
    const summing = createSumming();
    summing.add(facts(...Array.from({ length: 200 }, (_, i) => 200 - i)));
    expect(summing.totals().recovery).toEqual({ p50: 100, p95: 190, p99: 198, longest: 200 });
    const one = createSumming();
    one.add(facts(7));
    expect(one.totals().recovery).toEqual({ p50: 7, p95: 7, p99: 7, longest: 7 });
    expect(createSumming().totals().recovery).toBeNull();
  });
});
