/** Redaction of whole events: every text in them, whatever its field. */
import type { RecordedEvent } from "./events.ts";
import { maskedBase64 } from "./protocol/messagepack/mask.ts";
import { redactText, redactUrl } from "./redact.ts";
import { shortened } from "./shortened.ts";
import { tokenHash } from "./token-hash.ts";

/** The value with every text in it redacted, and shortened to `longest`; itself where there is nothing to take out. */
export function withoutSecrets<T>(value: T, longest = Infinity): T {
  return redacted("", value, longest) as T;
}

function redacted(name: string, value: unknown, longest: number): unknown {
  if (typeof value === "string") return shortened(redactField(name, value), longest);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item: unknown) => redacted(name, item, longest));
    return items.every((item, i) => item === value[i]) ? value : items;
  }
  let copy: Record<string, unknown> | undefined;
  for (const [key, field] of Object.entries(value)) {
    const clean = redacted(key, field, longest);
    if (clean !== field) (copy ??= { ...value })[key] = clean;
  }
  return copy ?? value;
}

function redactField(name: string, text: string): string {
  if (name === "url" || name === "redirectUrl") return redactUrl(text);
  return name === "binary" ? maskedBase64(text) : redactText(text);
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
    return (clean.kind === "negotiate-ended" || clean.kind === "hub-state") &&
      clean.connectionId !== undefined &&
      tokens.has(clean.connectionId)
      ? { ...clean, connectionId: tokenHash(clean.connectionId) }
      : clean;
  });
}
