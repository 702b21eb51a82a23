/** The events of one page or worker in a log: numbered, in order of time, and without secrets. */
import type { RecordedEvent, Unstamped } from "../events/events.ts";
import { withoutSecrets } from "../events/redact-events.ts";
import type { EpochMilliseconds } from "../units.ts";
import type { UsedTokens } from "../redaction/used-tokens.ts";

/** As in the hook: of other texts than payloads. */
const LONGEST_TEXT = 10_000;
const LONGEST_REASON = 1_000;
const REASONS: readonly string[] = ["error", "reason"];

export interface EventRecord {
  nextRequest(): number;
  nextSocket(): number;
  /** Those from before the beginning of the recording are left out. */
  add(events: readonly Unstamped[]): void;
  /** Something of it is recorded. */
  readonly begun: boolean;
  /** Those since the last call. */
  take(tokens: UsedTokens): RecordedEvent[];
}

/**
 * @param firstOf its first event, which tells of it; t: when something happened for the first time
 * @param from when the recording began, if it may have been there before
 */
export function createEventRecord(
  firstOf: (t: EpochMilliseconds) => Unstamped,
  from: EpochMilliseconds | undefined,
): EventRecord {
  let seq = 0;
  let requests = 0;
  let sockets = 0;
  let waiting: Unstamped[] = [];
  return {
    nextRequest: () => ++requests,
    nextSocket: () => ++sockets,
    add(events) {
      for (const event of events) if (from === undefined || (event.t ?? 0) >= from) waiting.push(event);
    },
    get begun() {
      return seq > 0 || waiting.length > 0;
    },
    take(tokens) {
      // Stable: events of one moment keep their order.
      const events = waiting.sort((a, b) => (a.t ?? 0) - (b.t ?? 0));
      waiting = [];
      const [first] = events;
      if (first && seq === 0) events.unshift(firstOf(first.t ?? 0));
      return events.map((event) => stamped(event, ++seq, tokens.texts));
    },
  };
}

function stamped(event: Unstamped, seq: number, tokens: readonly string[]): RecordedEvent {
  // A message's texts have been redacted, and its payload has a limit of its own.
  const clean =
    event.kind === "message"
      ? event
      : withoutSecrets(event, (name) => (REASONS.includes(name) ? LONGEST_REASON : LONGEST_TEXT), tokens);
  // Spread in this order: the time is always given.
  return { t: 0, ...clean, seq };
}
