/** The events of one worker, as those of a page: numbered, in order of time, and without secrets. */
import type { RecordedEvent, Unstamped } from "../events/events.ts";
import { withoutSecrets } from "../events/redact-events.ts";
import { shortened } from "../text/shortened.ts";
import type { EpochMilliseconds } from "../units.ts";
import type { UsedTokens } from "../redaction/used-tokens.ts";

/** As in the hook: of other texts than payloads. */
const LONGEST_TEXT = 10_000;
const LONGEST_REASON = 1_000;
const LONGEST_URL = 2_000;
const REASONS: readonly string[] = ["error", "reason"];

export interface WorkerRecord {
  readonly url: string;
  /** Those that were seen in it, and the hubs that it has connected to. */
  readonly scripts: Set<string>;
  readonly hubs: Set<string>;
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
 * @param userAgent of the browser, if known
 * @param from when the recording began, if the worker may have been there before
 */
export function createWorkerRecord(
  url: string,
  userAgent: string,
  from: EpochMilliseconds | undefined,
): WorkerRecord {
  let seq = 0;
  let requests = 0;
  let sockets = 0;
  let waiting: Unstamped[] = [];

  const firstOf = (t: EpochMilliseconds): Unstamped => ({
    kind: "page",
    t,
    // A worker made of a text has a long address, or one that says nothing.
    url: shortened(url, LONGEST_URL),
    userAgent,
    openedAt: t,
    top: false,
    visible: true,
    online: true,
    wasDiscarded: false,
    navigation: "unknown",
    probe: false,
    worker: "dedicated",
    fromDevtools: true,
    ...(from === undefined ? {} : { midway: true }),
  });
  return {
    url,
    scripts: new Set(),
    hubs: new Set(),
    nextRequest: () => ++requests,
    nextSocket: () => ++sockets,
    add(events) {
      waiting.push(...events.filter(({ t = 0 }) => from === undefined || t >= from));
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
