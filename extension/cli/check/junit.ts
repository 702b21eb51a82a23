/**
 * The result of `hubscope check` as JUnit XML, which pipelines show as test results: a suite for each recording, a test for each check
 * of each hub and for each scenario. There is no one standard: it fits the schema of Ant's task and that of Jenkins.
 */
import { isFound, type FindingResult } from "../../core/diagnosis/findings/find.ts";
import { FINDINGS } from "../../core/diagnosis/findings/registry.ts";
import type { ScenarioResult } from "../../core/scenarios/result.ts";
import type { CheckedFile, UnreadFile } from "./checked.ts";
import { fails, severityOf, type FailOn } from "./levels.ts";
import { attributes, xmlText } from "./xml.ts";

interface Case {
  readonly name: string;
  readonly group: string;
  readonly seconds: number;
  readonly outcome:
    | { readonly type: "passed" }
    | { readonly type: "skipped" }
    | {
        readonly type: "failure" | "error";
        readonly kind: string;
        readonly message: string;
        readonly text: string;
      };
}

export function junitOf(
  files: readonly CheckedFile[],
  unread: readonly UnreadFile[],
  failOn: FailOn,
): string {
  const suites = [
    ...files.map((file) => ({
      name: file.name,
      at: file.from,
      cases: [
        ...file.results.map((result) => findingCase(result, file, failOn)),
        ...file.scenarios.map((result) => scenarioCase(result, failOn)),
      ],
    })),
    ...unread.map(({ name, problem }) => ({
      ...{ name, at: 0 },
      cases: [
        {
          ...{ name: "The recording can be read", group: "hubscope", seconds: 0 },
          outcome: { type: "error", kind: "unreadable", message: problem, text: problem } as const,
        },
      ],
    })),
  ];
  const body = suites.map(({ name, at, cases }, id) => suiteOf(id, name, at, cases));
  return `<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n${body.join("")}</testsuites>\n`;
}

function suiteOf(id: number, name: string, at: number, cases: readonly Case[]): string {
  const count = (type: Case["outcome"]["type"]): number =>
    cases.filter(({ outcome }) => outcome.type === type).length;
  const about = {
    // Ant's schema has the host of the tests, and a time without a zone.
    ...{
      name,
      id,
      package: "hubscope",
      hostname: "localhost",
      timestamp: new Date(at).toISOString().slice(0, 19),
    },
    ...{ tests: cases.length, failures: count("failure"), errors: count("error"), skipped: count("skipped") },
    time: seconds(cases.reduce((sum, one) => sum + one.seconds, 0)),
  };
  return `  <testsuite${attributes(about)}>\n    <properties><property${attributes({ name: "recording", value: name })}></property></properties>\n${cases.map(caseOf).join("")}    <system-out></system-out>\n    <system-err></system-err>\n  </testsuite>\n`;
}

function caseOf({ name, group, seconds: took, outcome }: Case): string {
  const begin = `    <testcase${attributes({ name, classname: group, time: seconds(took) })}>`;
  if (outcome.type === "passed") return `${begin}</testcase>\n`;
  if (outcome.type === "skipped") return `${begin}<skipped></skipped></testcase>\n`;
  const { type, kind, message, text } = outcome;
  return `${begin}<${type}${attributes({ message, type: kind })}>${xmlText(text)}</${type}></testcase>\n`;
}

const seconds = (n: number): string => n.toFixed(3);

function findingCase(result: FindingResult, { gone }: CheckedFile, failOn: FailOn): Case {
  const { subject, title } = FINDINGS[result.id];
  const about = { name: `${subject} (${result.url})`, group: `hubscope.${result.id}`, seconds: 0 };
  const { answer } = result;
  if (answer.answer === "error")
    return {
      ...about,
      outcome: { type: "error", kind: "check-failed", message: answer.say, text: answer.say },
    };
  if (!isFound(result)) return { ...about, outcome: { type: answer.answer === "ok" ? "passed" : "skipped" } };
  if (gone.has(result.key) || !fails(result.answer.severity, failOn))
    return { ...about, outcome: { type: "passed" } };
  const { severity, say, changes } = result.answer;
  const text = [say, ...changes.map(({ where, text }) => `${where}: ${text}`)].join("\n");
  return { ...about, outcome: { type: "failure", kind: severity, message: title, text } };
}

function scenarioCase(result: ScenarioResult, failOn: FailOn): Case {
  const { scenario, title, verdict, why, from, to, expectations } = result;
  const about = {
    name: title,
    group: `hubscope.scenario.${scenario}`,
    seconds: Math.max(0, to - from) / 1_000,
  };
  const severity = severityOf(result);
  if (severity === null) return { ...about, outcome: { type: verdict === "pass" ? "passed" : "skipped" } };
  if (!fails(severity, failOn)) return { ...about, outcome: { type: "passed" } };
  const text = [
    ...(why === null ? [] : [why]),
    ...expectations.filter((one) => one.verdict !== "pass").map((one) => `${one.title}: ${one.say}`),
  ].join("\n");
  return {
    ...about,
    outcome: { type: verdict === "error" ? "error" : "failure", kind: verdict, message: title, text },
  };
}
