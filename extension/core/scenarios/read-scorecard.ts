/** Reads a scorecard from a file. Everything is checked; one invalid part makes the whole scorecard invalid. */
import { isObject } from "../is-object.ts";
import { FAULTS } from "../faults/outlines.ts";
import { redactText, redactUrl } from "../redaction/redact.ts";
import { EXPECTATIONS } from "./expectations.ts";
import type { ScenarioResult } from "./result.ts";
import { SCORECARD_FORMAT, SCORECARD_VERSION, type Scorecard } from "./scorecard.ts";

type Check = (value: unknown) => boolean;

const MAX_RESULTS = 500;
const MAX_PARTS = 1_000;

const number: Check = (value) => typeof value === "number" && Number.isFinite(value);
const time: Check = (value) =>
  number(value) && (value as number) >= 946_684_800_000 && (value as number) <= 4_102_444_800_000;
const text: Check = (value) => typeof value === "string" && value.length <= 2_000;
const nullable =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const oneOf =
  (...all: readonly string[]): Check =>
  (value) =>
    typeof value === "string" && all.includes(value);
const listOf =
  (check: Check, max = MAX_PARTS): Check =>
  (value) =>
    Array.isArray(value) && value.length <= max && value.every(check);
const shaped =
  (fields: Readonly<Record<string, Check>>): Check =>
  (value) =>
    isObject(value) && Object.entries(fields).every(([name, check]) => check(value[name]));

const VERDICTS = ["pass", "warn", "fail", "cant-tell", "not-applicable", "error"] as const;

const isResult = shaped({
  scenario: text,
  title: text,
  verdict: oneOf(...VERDICTS, "stopped"),
  why: nullable(text),
  from: time,
  to: time,
  shortened: listOf(text),
  faults: listOf(
    shaped({
      page: text,
      fault: number,
      name: oneOf(...Object.keys(FAULTS)),
      from: time,
      until: nullable(time),
    }),
  ),
  expectations: listOf(
    shaped({
      that: oneOf(...Object.keys(EXPECTATIONS)),
      title: text,
      at: time,
      verdict: oneOf(...VERDICTS),
      measured: nullable(shaped({ value: number, unit: oneOf("ms", "%", "count") })),
      say: text,
      evidence: listOf(shaped({ t: time, text, key: optional(text) })),
    }),
  ),
  missed: listOf(shaped({ step: number, at: time, say: text })),
});

const isScorecard = shaped({
  hubscope: text,
  madeAt: time,
  url: text,
  browser: oneOf("chromium", "firefox"),
  results: listOf(isResult, MAX_RESULTS),
});

/** @returns the scorecard, or a sentence that says why it can't be read */
export function readScorecard(value: unknown): Scorecard | string {
  if (!isObject(value) || value["format"] !== SCORECARD_FORMAT) return "This is not a scorecard of Hubscope.";
  const { version } = value;
  if (typeof version === "number" && version > SCORECARD_VERSION)
    return `The scorecard has version ${version}; this Hubscope reads up to ${SCORECARD_VERSION}. Update Hubscope to open it.`;
  if (version !== SCORECARD_VERSION || !isScorecard(value)) return "The scorecard is damaged.";
  return cleanScorecard(value as unknown as Scorecard);
}

/** Secrets are removed again whenever one is read or written, as with recordings. */
export function cleanScorecard({ hubscope, madeAt, url, browser, results }: Scorecard): Scorecard {
  return {
    format: SCORECARD_FORMAT,
    version: SCORECARD_VERSION,
    hubscope,
    madeAt,
    url: redactUrl(url),
    browser,
    results: results.map((result): ScenarioResult => ({
      ...result,
      why: result.why === null ? null : redactText(result.why),
      missed: result.missed.map((one) => ({ ...one, say: redactText(one.say) })),
      expectations: result.expectations.map((one) => ({
        ...one,
        say: redactText(one.say),
        evidence: one.evidence.map((each) => ({ ...each, text: redactText(each.text) })),
      })),
    })),
  };
}
