/** Redacts the events of one page that come in pieces. Most texts are known to be clean from an earlier event: kinds, directions, targets. */
import type { HubMessage, RecordedEvent } from "../events/events.ts";
import { withoutSecrets } from "../events/redact-events.ts";
import { isSuspicious } from "../redaction/secrets.ts";
import { couldHoldSecret } from "./could-hold-secret.ts";
import { tokenHash } from "../redaction/token-hash.ts";

/** Fields that are redacted by rules of their own, whatever they look like. */
const BY_OWN_RULES = new Set(["url", "redirectUrl", "redirectedTo", "binary"]);
/** The fields of a message that can hold any text, or a list. All others are numbers, or words of the format. */
type OpenField = {
  [F in keyof HubMessage]-?: string extends HubMessage[F]
    ? F
    : NonNullable<HubMessage[F]> extends number | string | boolean
      ? never
      : F;
}[keyof HubMessage];
/** `never` unless every open field is named: a new one has to be looked at, too. */
type Open<F extends OpenField> = [OpenField] extends [F] ? Pick<HubMessage, F> : never;
/** Longer texts are rarely repeated. */
const REPEATED = 64;
const MAX_KNOWN = 10_000;

/**
 * The same as `redactEvents` for each page, piece by piece. Connection ids of negotiate version 0, which are the connection tokens,
 * are recognised in the piece with the negotiate's answer and in later ones: they don't occur before it.
 */
export function createCleaner(): (events: readonly RecordedEvent[]) => RecordedEvent[] {
  const tokens = new Set<string>();
  const known = new Set<string>();

  const isCleanText = (text: string): boolean => {
    if (!couldHoldSecret(text)) return true;
    if (text.length > REPEATED) return !isSuspicious(text);
    if (known.has(text)) return true;
    if (isSuspicious(text)) return false;
    if (known.size >= MAX_KNOWN) known.clear();
    known.add(text);
    return true;
  };
  /** Field by field, as a loop over their names takes a third longer. */
  const isCleanMessage = ({
    target,
    invocationId,
    payload,
    streamIds,
    error,
    problem,
    binary,
  }: Open<"target" | "invocationId" | "payload" | "streamIds" | "error" | "problem" | "binary">): boolean =>
    streamIds === undefined &&
    binary === undefined &&
    (payload === undefined || isCleanText(payload)) &&
    (target === undefined || isCleanText(target)) &&
    (invocationId === undefined || isCleanText(invocationId)) &&
    (error === undefined || isCleanText(error)) &&
    (problem === undefined || isCleanText(problem));
  const isClean = (event: RecordedEvent): boolean => {
    if (event.kind === "message") return isCleanMessage(event);
    for (const name in event) {
      const value: unknown = event[name as keyof RecordedEvent];
      if (typeof value === "string" ? BY_OWN_RULES.has(name) || !isCleanText(value) : value instanceof Object)
        return false;
    }
    return true;
  };

  return (events) => {
    for (const event of events)
      if (
        event.kind === "negotiate-ended" &&
        event.negotiateVersion === 0 &&
        event.connectionId !== undefined
      )
        tokens.add(event.connectionId);
    return events.map((event) => {
      const clean = isClean(event) ? event : withoutSecrets(event);
      return tokens.size > 0 && "connectionId" in clean && tokens.has(clean.connectionId)
        ? { ...clean, connectionId: tokenHash(clean.connectionId) }
        : clean;
    });
  };
}
