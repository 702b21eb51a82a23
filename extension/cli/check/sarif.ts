/** The result of `hubscope check` as SARIF 2.1.0, which GitHub and others show as alerts. */
import { createHash } from "node:crypto";
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { Severity } from "../../core/diagnosis/findings/finding.ts";
import type { FoundResult } from "../../core/diagnosis/findings/find.ts";
import { FINDING_IDS, FINDINGS } from "../../core/diagnosis/findings/registry.ts";
import { pathOf } from "../../core/protocol/addresses.ts";
import type { ScenarioResult } from "../../core/scenarios/result.ts";
import { visibleText } from "../../core/text/visible-text.ts";
import type { CheckedFile, UnreadFile } from "./checked.ts";
import { severityOf } from "./levels.ts";

const LEVEL = { high: "error", medium: "warning", low: "note" } as const satisfies Record<Severity, string>;

/** @param folder paths are written relative to it */
export function sarifOf(
  files: readonly CheckedFile[],
  unread: readonly UnreadFile[],
  version: string,
  folder: string,
): string {
  const scenarios = [
    ...new Map(files.flatMap((file) => file.scenarios).map((one) => [one.scenario, one])).values(),
  ];
  const rules = [...FINDING_IDS.map(findingRule), ...scenarios.map(scenarioRule)];
  const indexes = new Map(rules.map(({ id }, index) => [id, index]));
  const withIndex = (result: ResultOf): object => ({
    ...result,
    ruleIndex: indexes.get(result.ruleId) ?? -1,
  });
  const log = {
    $schema: "https://json.schemastore.org/sarif-2.1.0.json",
    version: "2.1.0",
    runs: [
      {
        tool: { driver: { name: "Hubscope", version, semanticVersion: version, rules } },
        invocations: [
          {
            executionSuccessful: unread.length === 0,
            toolExecutionNotifications: unread.map(({ name, problem }) => ({
              level: "error",
              message: { text: message(`${name}: ${problem}`) },
            })),
          },
        ],
        results: files.flatMap((file) => [
          ...file.found.map((one) => withIndex(findingResult(one, file, folder))),
          ...file.scenarios.flatMap((one) => {
            const severity = severityOf(one);
            return severity === null ? [] : [withIndex(scenarioResult(one, severity, file, folder))];
          }),
        ]),
      },
    ],
  };
  return `${JSON.stringify(log, null, 2)}\n`;
}

interface ResultOf {
  readonly ruleId: string;
  readonly [field: string]: unknown;
}

/** In a message, [text](target) would be a link: texts of a page must not make any. */
const message = (text: string): string => visibleText(text).replaceAll(/[\\[\]]/g, String.raw`\$&`);

const pascal = (id: string): string =>
  id.replaceAll(/(?:^|[^a-z0-9]+)([a-z0-9])/gi, (_, c: string) => c.toUpperCase());

function findingRule(id: (typeof FINDING_IDS)[number]) {
  const { title, when, why, link, group } = FINDINGS[id];
  return {
    id: id as string,
    name: pascal(id),
    shortDescription: { text: title },
    fullDescription: { text: why },
    help: { text: `${why} Found when ${when}.` },
    helpUri: link,
    defaultConfiguration: { level: "warning" },
    properties: { tags: ["signalr", group] },
  };
}

const scenarioRule = ({ scenario, title }: ScenarioResult) => ({
  id: `scenario/${plainId(scenario)}`,
  name: pascal(`scenario-${plainId(scenario)}`),
  shortDescription: { text: visibleText(title) },
  fullDescription: { text: `The app should meet all expectations of the scenario "${visibleText(title)}".` },
  help: {
    text: "Run it again with Hubscope, in the panel or in a test, and look at the expectations that were not met.",
  },
  defaultConfiguration: { level: "error" },
  properties: { tags: ["signalr", "scenario"] },
});

const plainId = (name: string): string => name.replaceAll(/[^\w.-]+/g, "_");

function findingResult({ id, url, answer }: FoundResult, file: CheckedFile, folder: string): ResultOf {
  const { severity, say, changes, moments } = answer;
  return {
    ruleId: id,
    level: LEVEL[severity],
    message: { text: message([say, ...changes.map(({ text }) => text)].join(" ")) },
    locations: [
      {
        ...locationOf(file, folder),
        logicalLocations: [{ fullyQualifiedName: visibleText(url), kind: "resource" }],
      },
    ],
    partialFingerprints: { "hubscope/v1": fingerprint(id, pathOf(url)) },
    properties: { severity, times: moments.map(({ t }) => new Date(t).toISOString()) },
  };
}

function scenarioResult(
  { scenario, title, verdict, why, expectations }: ScenarioResult,
  severity: Severity,
  file: CheckedFile,
  folder: string,
): ResultOf {
  const unmet = expectations.filter((one) => one.verdict !== "pass").map((one) => `${one.title}: ${one.say}`);
  const id = plainId(scenario);
  return {
    ruleId: `scenario/${id}`,
    level: LEVEL[severity],
    message: { text: message([`${title}: ${verdict}.`, ...(why === null ? [] : [why]), ...unmet].join(" ")) },
    locations: [locationOf(file, folder)],
    partialFingerprints: { "hubscope/v1": fingerprint("scenario", id) },
    properties: { severity },
  };
}

/** The same finding of the same hub is the same alert, in whatever recording. */
const fingerprint = (...parts: readonly string[]): string =>
  createHash("sha256").update(parts.join("\n")).digest("hex").slice(0, 32);

function locationOf({ path: file }: CheckedFile, folder: string): { readonly physicalLocation: object } {
  return {
    physicalLocation: {
      artifactLocation: { uri: file === null ? "standard-input.json" : uriOf(file, folder) },
      // Required by GitHub. A recording has no lines.
      region: { startLine: 1 },
    },
  };
}

function uriOf(file: string, folder: string): string {
  const relative = path.relative(folder, file);
  if (relative.startsWith("..") || path.isAbsolute(relative)) return pathToFileURL(file).href;
  return relative.split(path.sep).map(encodeURIComponent).join("/");
}
