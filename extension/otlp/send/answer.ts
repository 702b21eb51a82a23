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

export function readAnswer(answer: HttpAnswer, now: EpochMilliseconds): Outcome {
  const { status, mediaType, body } = answer;
  const content = parsed(body);
  if (status >= 200 && status < 300) {
    // The page of an app answers like this to any path.
    if (mediaType?.startsWith("text/html"))
      return { kind: "refused", message: "the answer is a web page: this is no collector" };
    return accepted(content["partialSuccess"]);
  }
  // Not followed: see post.ts.
  if (status < 400) return { kind: "refused", message: "it redirects to another address: use that one" };
  const message =
    textOf(content["message"]) ?? (mediaType?.startsWith("text/plain") ? firstLine(body) : null);
  if (AGAIN.includes(status)) return { kind: "busy", after: retryAfter(answer.retryAfter, now), message };
  return status === 413 ? { kind: "too-large" } : { kind: "refused", message };
}

/** Only one of the three counts is there: that of the request's signal. */
function accepted(partial: unknown): Outcome {
  const { rejectedSpans, rejectedLogRecords, rejectedDataPoints, errorMessage } = isObject(partial)
    ? partial
    : {};
  // Numbers of 64 bits are texts in JSON, but not everybody writes them so.
  const count = Number(rejectedSpans ?? rejectedLogRecords ?? rejectedDataPoints ?? 0);
  return {
    kind: "accepted",
    rejected: Number.isSafeInteger(count) && count > 0 ? count : 0,
    message: textOf(errorMessage),
  };
}

const textOf = (value: unknown): string | null =>
  typeof value === "string" && value !== "" ? shortened(value, LONGEST_MESSAGE) : null;

const firstLine = (text: string): string | null => textOf(text.split(/[\r\n]/, 1)[0]?.trim());

/** Some answer with protobuf, or with nothing: that is fine. */
function parsed(body: string): Record<string, unknown> {
  try {
    const content: unknown = JSON.parse(body);
    return isObject(content) ? content : {};
  } catch {
    return {};
  }
}
