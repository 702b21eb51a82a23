/** What the answer of a collector means (https://opentelemetry.io/docs/specs/otlp/#otlphttp-response). */
import { isObject } from "../../core/is-object.ts";
import { shortened } from "../../core/text/shortened.ts";
import type { EpochMilliseconds, Milliseconds } from "../../core/units.ts";
import { retryAfter } from "./back-off.ts";
import type { HttpAnswer } from "./ports.ts";

export type Outcome =
  | {
      readonly kind: "accepted";
      /** Records that the collector has not taken. */
      readonly rejected: number;
      /** Why, or a warning. */
      readonly message: string | null;
    }
  /** It may be sent again; not before that time has passed, if the collector says so. */
  | { readonly kind: "busy"; readonly after: Milliseconds | null; readonly message: string | null }
  | { readonly kind: "too-large" }
  | { readonly kind: "refused"; readonly message: string | null };

const AGAIN: readonly number[] = [429, 502, 503, 504];
const LONGEST_MESSAGE = 500;
const LONGEST_HOST = 200;
const LONGEST_NAME = 50;

export function readAnswer(answer: HttpAnswer, now: EpochMilliseconds): Outcome {
  const { status, mediaType, body } = answer;
  if (status >= 200 && status < 300) {
    // The page of an app answers like this to any path.
    if (mediaType?.startsWith("text/html"))
      return { kind: "refused", message: "the answer is a web page: this is no collector" };
    return taken(body, mediaType);
  }
  if (status < 400) return { kind: "refused", message: redirectWords(answer.redirectsTo) };
  const content = parsed(body);
  const message =
    textOf(content?.["message"]) ?? (mediaType?.startsWith("text/plain") ? firstLine(body) : null);
  if (AGAIN.includes(status)) return { kind: "busy", after: retryAfter(answer.retryAfter, now), message };
  return status === 413 ? { kind: "too-large" } : { kind: "refused", message };
}

/** Not followed: see post.ts. Nobody is told to use that address without a look at it: it may be anybody's. */
const redirectWords = (to: string | null): string =>
  `it redirects to ${to === null || to === "null" ? "another address" : shortened(to, LONGEST_HOST)}, which isn't followed: if the collector is there, name that address`;

const NO_COLLECTOR = "the answer is not one of a collector";

/** Of what answers with success: a proxy, or an app, may do so to anything. */
function taken(body: string, mediaType: string | null): Outcome {
  if (body.trim() === "") return { kind: "accepted", rejected: 0, message: null };
  // The answer should be of the request's kind. What it says can't be read here.
  if (mediaType !== null && /^application\/(?:x-)?protobuf/i.test(mediaType))
    return {
      kind: "accepted",
      rejected: 0,
      message: "it answers with protobuf, which Hubscope doesn't read",
    };
  const content = parsed(body);
  if (content === null) return { kind: "refused", message: NO_COLLECTOR };
  const { partialSuccess: partial, ...others } = content;
  if (partial !== undefined && partial !== null)
    return isObject(partial) ? partlyTaken(partial) : { kind: "refused", message: NO_COLLECTOR };
  // Later versions of OTLP may say more; but so may anything else that answers with JSON.
  const [other] = Object.keys(others);
  const message =
    other === undefined
      ? null
      : `the answer has "${shortened(other, LONGEST_NAME)}", which OTLP doesn't know`;
  return { kind: "accepted", rejected: 0, message };
}

/** Only one of the three counts is there: that of the request's signal. */
function partlyTaken(partial: Readonly<Record<string, unknown>>): Outcome {
  const { rejectedSpans, rejectedLogRecords, rejectedDataPoints } = partial;
  const message = textOf(partial["errorMessage"]);
  const rejected = countIn(rejectedSpans ?? rejectedLogRecords ?? rejectedDataPoints ?? 0);
  if (rejected !== null) return { kind: "accepted", rejected, message };
  const said = message === null ? "" : `: ${message}`;
  return { kind: "refused", message: `the answer doesn't say in a number how many were rejected${said}` };
}

/** Numbers of 64 bits are texts in JSON, but not everybody writes them so. null: it is none. */
function countIn(value: unknown): number | null {
  const isText = typeof value === "string" && value.trim() !== "";
  const count = isText ? Number(value) : value;
  return typeof count === "number" && Number.isSafeInteger(count) && count >= 0 ? count : null;
}

const textOf = (value: unknown): string | null =>
  typeof value === "string" && value !== "" ? shortened(value, LONGEST_MESSAGE) : null;

const firstLine = (text: string): string | null => textOf(text.split(/[\r\n]/, 1)[0]?.trim());

/** null: no object in JSON. */
function parsed(body: string): Record<string, unknown> | null {
  try {
    const content: unknown = JSON.parse(body);
    return isObject(content) ? content : null;
  } catch {
    return null;
  }
}
