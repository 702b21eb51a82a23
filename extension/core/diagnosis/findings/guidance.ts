/**
 * The resilience scorecard: each point of Microsoft's guidance on disconnections, held against findings and scenarios.
 * https://learn.microsoft.com/azure/azure-signalr/signalr-concept-client-disconnections
 */
import type { ExpectationName } from "../../scenarios/expectations.ts";
import type { ScenarioResult } from "../../scenarios/result.ts";
import type { FindingResult } from "./find.ts";
import { isProven, type FindingGroup } from "./finding.ts";
import { FINDINGS, type FindingId } from "./registry.ts";

export const POINTS = [
  "reconnect",
  "light",
  "decoupled",
  "stateful",
  "new-id",
  "missed",
  "load",
  "transport",
  "maintenance",
  "timing",
  "security",
] as const;

export type PointId = (typeof POINTS)[number];

interface Point {
  readonly title: string;
  /** Which findings belong to it. */
  readonly groups: readonly FindingGroup[];
  readonly findings: readonly FindingId[];
  /** Which expectations of scenarios. */
  readonly expectations: readonly ExpectationName[];
}

export const GUIDANCE: Readonly<Record<PointId, Point>> = {
  reconnect: {
    title: "Reconnect after every interruption",
    groups: [],
    findings: [
      "no-automatic-reconnect",
      "gives-up",
      "first-start-not-retried",
      "no-recovery-on-return",
      "zombie-connected",
    ],
    expectations: ["recovered", "circuit-kept"],
  },
  light: {
    title: "Keep reconnections light",
    groups: ["weight"],
    findings: [],
    expectations: ["visible-gap"],
  },
  decoupled: {
    title: "Don't let work depend on the connection",
    groups: ["work"],
    findings: [],
    expectations: ["no-call-lost"],
  },
  stateful: {
    title: "Use stateful reconnect",
    groups: [],
    findings: ["stateful-not-used", "stateful-not-granted", "stateful-buffer", "stateful-window-missed"],
    expectations: ["same-connection-id"],
  },
  "new-id": {
    title: "Restore groups and state after a new connection id",
    groups: [],
    findings: ["calls-not-repeated", "handlers-doubled", "duplicate-connections"],
    expectations: ["joined-again", "no-duplicate-connection"],
  },
  missed: {
    title: "Fetch missed messages",
    groups: [],
    findings: ["messages-missed"],
    expectations: [],
  },
  load: {
    title: "Spread the load of many reconnections",
    groups: [],
    findings: ["no-jitter", "retry-after-ignored", "retries-while-offline", "several-retry-loops"],
    expectations: ["retries-jittered"],
  },
  transport: {
    title: "Choose transport and hosting on purpose",
    groups: ["transport"],
    findings: [],
    expectations: [],
  },
  maintenance: {
    title: "Be prepared for maintenance",
    groups: ["maintenance"],
    findings: [],
    expectations: [],
  },
  timing: {
    title: "Timeouts and pings that fit",
    groups: ["timing"],
    findings: [],
    expectations: ["stays-connected"],
  },
  security: {
    title: "Tokens and message sizes within limits",
    groups: ["security"],
    findings: [],
    expectations: [],
  },
};

/**
 * "partly": what could be told speaks for it, and more than half couldn't. "not-tested": nothing in the recording or the scenarios shows
 * it.
 */
export type PointState = "met" | "partly" | "not-met" | "not-tested" | "not-applicable";

/** A finding or a failed expectation that speaks against a point, or is a remark on it. */
export type Objection =
  | { readonly from: "finding"; readonly result: FindingResult; readonly marked: "done" | "ignored" | null }
  | { readonly from: "scenario"; readonly scenario: string; readonly title: string; readonly say: string };

export interface PointResult {
  readonly id: PointId;
  readonly state: PointState;
  /** Why it isn't met. */
  readonly against: readonly Objection[];
  /** What could be better, although it is met. */
  readonly remarks: readonly Objection[];
  /** How many checks and expectations could tell, of those that apply. A check of several hubs counts once. */
  readonly tested: number;
  readonly of: number;
}

/** What was checked, and what the user has marked. */
export interface Checked {
  readonly result: FindingResult;
  readonly marked: "done" | "ignored" | null;
}

/** @param scenarios the newest result of each scenario */
export const judgeGuidance = (
  checked: readonly Checked[],
  scenarios: readonly ScenarioResult[],
): PointResult[] => POINTS.map((id) => judgePoint(id, checked, scenarios));

function judgePoint(
  id: PointId,
  checked: readonly Checked[],
  scenarios: readonly ScenarioResult[],
): PointResult {
  const point = GUIDANCE[id];
  const against: Objection[] = [];
  const remarks: Objection[] = [];
  /** For each check or expectation of a scenario, whether it could tell. */
  const told = new Map<string, boolean>();
  const tell = (key: string, could: boolean): void => {
    told.set(key, could || (told.get(key) ?? false));
  };
  for (const { result, marked } of checked) {
    if (!point.findings.includes(result.id) && !point.groups.includes(FINDINGS[result.id].group)) continue;
    const { answer } = result;
    if (answer.answer === "found") {
      const isRemark = marked !== null || answer.severity === "low";
      (isRemark ? remarks : against).push({ from: "finding", result, marked });
    }
    if (answer.answer !== "not-applicable") tell(result.id, answer.answer === "found" || isProven(answer));
  }
  for (const { scenario, title, expectations } of scenarios)
    for (const { that, verdict, say } of expectations) {
      if (!point.expectations.includes(that) || verdict === "not-applicable") continue;
      if (verdict === "fail") against.push({ from: "scenario", scenario, title, say });
      else if (verdict === "warn") remarks.push({ from: "scenario", scenario, title, say });
      tell(`${scenario} ${that}`, verdict === "pass" || verdict === "warn" || verdict === "fail");
    }
  const tested = [...told.values()].filter(Boolean).length;
  return {
    id,
    state: stateOf(against.length > 0, tested, told.size),
    against,
    remarks,
    tested,
    of: told.size,
  };
}

function stateOf(isAgainst: boolean, tested: number, of: number): PointState {
  if (isAgainst) return "not-met";
  if (of === 0) return "not-applicable";
  if (tested === 0) return "not-tested";
  return tested * 2 >= of ? "met" : "partly";
}

/** One sentence. */
export function guidanceInWords(results: readonly Pick<PointResult, "state">[]): string {
  const count = (state: PointState): number => results.filter((one) => one.state === state).length;
  const [met, partly, not, open] = [count("met"), count("partly"), count("not-met"), count("not-tested")];
  const some = partly > 0 ? `, ${partly} partly tested` : "";
  return `${met} of ${met + partly + not + open} points met, ${not} not met${some}, ${open} not tested.`;
}
