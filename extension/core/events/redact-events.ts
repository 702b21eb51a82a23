/** Redaction of whole events: every text in them, whatever its field. */
import type { RecordedEvent } from "./events.ts";
import { maskedBase64 } from "../redaction/mask-binary.ts";
import { redactText, redactUrl } from "../redaction/redact.ts";
import { shortened } from "../text/shortened.ts";
import { tokenHash } from "../redaction/token-hash.ts";

/** How long a text may be, by the name of its field. */
type Longest = (name: string) => number;

/**
 * The value with every text in it redacted, and then shortened: of a secret that is cut first a part might no longer be known as one.
 * Itself where there is nothing to take out.
 * @param known secrets to be removed as they are
 */
export function withoutSecrets<T>(
  value: T,
  longest: Longest = () => Infinity,
  known: readonly string[] = [],
): T {
  return redacted("", value, longest, known) as T;
}

/** Fields whose values are words of the format: a token of the page's that is one of them changes no event's meaning. */
const WORDS = ["kind", "transport", "direction", "api", "method", "from", "to", "phase", "where", "already"];

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
 * The events of one page, for an export: what a younger version knows as a secret, an older one may have recorded. That holds for
 * the connection ids of negotiate version 0 as well, which are the connection tokens.
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
