/** Removes secrets from what is recorded of every message: target, id and problem. */
import type { Envelope } from "../../../extension/core/protocol/json-scan.ts";
import { redactText } from "../../../extension/core/redaction/redact.ts";
import { shortened } from "../../../extension/core/text/shortened.ts";
import { ownMethods } from "../../sentinel/shared-with-hook.ts";

/** Limits targets and ids. */
const LONGEST_NAME = 1_000;
const LONGEST_NUMBER = 7;

/**
 * Repeated texts (targets) are searched for secrets once, and stored once, so that a ring entry doesn't keep its whole message
 * in memory.
 */
const known = ownMethods(new Map<string, string>());
/** The tokens that they were searched for. */
let knownFor: readonly string[] = [];
function intern(text: string, tokens: readonly string[]): string {
  if (tokens !== knownFor) known.clear();
  knownFor = tokens;
  const own = known.get(text);
  if (own !== undefined) return own;
  // A copy: a substring could keep the whole message in memory.
  const copy = ` ${text}`.slice(1);
  const clean = cleanName(copy, tokens);
  if (known.size < 500) known.set(copy, clean);
  return clean;
}

export const cleanName = (text: string, tokens: readonly string[]): string =>
  shortened(redactText(text, tokens), LONGEST_NAME);

/** Removes secrets from target and id before they are stored. */
export function cleanEnvelope(envelope: Envelope, tokens: readonly string[]): void {
  const { target, invocationId, problem } = envelope;
  if (target !== undefined) envelope.target = intern(target, tokens);
  if (invocationId !== undefined && !isNumber(invocationId))
    envelope.invocationId = cleanName(invocationId, tokens);
  if (problem !== undefined) envelope.problem = cleanName(problem, tokens);
}

/** The client numbers its calls. A short number is no secret. */
function isNumber(id: string): boolean {
  if (id.length > LONGEST_NUMBER) return false;
  for (let i = 0; i < id.length; i++) {
    const digit = id.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return false;
  }
  return true;
}
