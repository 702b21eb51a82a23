/** Redacts all texts of an event, in whatever field. */
import type { RecordedEvent } from "./events.ts";
import { maskedBase64 } from "../redaction/mask-binary.ts";
import { redactText, redactUrl } from "../redaction/redact.ts";
import { shortened } from "../text/shortened.ts";
import { tokenHash } from "../redaction/token-hash.ts";

/** The maximum length of a text, by the name of its field. */
type Longest = (name: string) => number;

/**
 * The value with all its texts redacted, and then shortened: a secret that is cut first might not be recognised. Returns
 * `value` itself if nothing changes.
 * @param known secrets to be removed wherever they occur
 */
export function withoutSecrets<T>(
  value: T,
  longest: Longest = () => Infinity,
  known: readonly string[] = [],
): T {
  return redacted("", value, longest, known) as T;
}

/** Fields whose values are constants of the format: they stay, even if a token of the page happens to be the same word. */
const WORDS = [
  "kind",
  "transport",
  "direction",
  "api",
  "method",
  "from",
  "to",
  "phase",
  "where",
  "already",
  "step",
  "state",
  "mistake",
  "check",
  "outcome",
  "token",
];

function redacted(name: string, value: unknown, longest: Longest, known: readonly string[]): unknown {
  if (typeof value === "string")
    return shortened(redactField(name, value, WORDS.includes(name) ? [] : known), longest(name));
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => redacted(name, item, longest, known));
    return items.every((item, i) => item === value[i]) ? value : items;
  }
  let copy: Record<string, unknown> | undefined;
  for (const [key, field] of Object.entries(value)) {
    const clean = redacted(key, field, longest, known);
    if (clean !== field) (copy ??= { ...value })[key] = clean;
  }
  return copy ?? value;
}

function redactField(name: string, text: string, known: readonly string[]): string {
  if (name === "url" || name === "redirectUrl" || name === "redirectedTo") return redactUrl(text, known);
  return name === "binary" ? maskedBase64(text) : redactText(text, known);
}

/**
 * Redacts the events of one page for an export: an older version may have recorded secrets that this one recognises. That
 * includes the connection ids of negotiate version 0, which are the connection tokens.
 */
export function redactEvents(events: readonly RecordedEvent[]): RecordedEvent[] {
  const tokens = new Set<string>();
  for (const event of events)
    if (event.kind === "negotiate-ended" && event.negotiateVersion === 0 && event.connectionId !== undefined)
      tokens.add(event.connectionId);
  return events.map((event) => {
    const clean = withoutSecrets(event);
    return "connectionId" in clean && tokens.has(clean.connectionId)
      ? { ...clean, connectionId: tokenHash(clean.connectionId) }
      : clean;
  });
}
