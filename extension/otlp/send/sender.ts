/**
 * Sends to a collector, one request after the other, as OTLP over HTTP asks for (https://opentelemetry.io/docs/specs/otlp/#otlphttp):
 * what failed for a while is sent again, later and later; anything else isn't. Nothing waits for ever, and what waits is bounded.
 */
import { duration } from "../../core/text/format.ts";
import type { EpochMilliseconds, Milliseconds } from "../../core/units.ts";
import type { OtlpSignal } from "../types.ts";
import { attempt, STOPPED } from "./attempt.ts";
import { backOff } from "./back-off.ts";
import type { Endpoint } from "./endpoint.ts";
import { USUAL_LIMITS, type SendLimits } from "./limits.ts";
import type { Payload, Sent } from "./payload.ts";
import type { SendPorts } from "./ports.ts";
import { createResults } from "./results.ts";

/**
 * "answered": the collector has taken or refused it. "dropped": it was not sent. "given-up": the collector could not be reached, so
 * what else waited isn't sent either.
 */
export type Fate = "answered" | "dropped" | "given-up";

export interface Sender {
  /** Puts it into the queue. When there is no room the oldest goes. Never rejects. */
  send(payload: Payload): Promise<Fate>;
  /** So far. */
  sent(): Sent;
  /** Ends everything at once; what waits is dropped. */
  stop(): void;
}

export interface Again {
  readonly url: string;
  readonly message: string;
  readonly wait: Milliseconds;
  /** The number of the next try. */
  readonly tries: number;
}

export interface SenderSettings {
  readonly endpoint: Endpoint;
  readonly headers?: Readonly<Record<string, string>>;
  readonly limits?: Partial<SendLimits>;
  /** Told before each wait for another try. */
  readonly onAgain?: (again: Again) => void;
}

interface Queued {
  readonly payload: Payload;
  readonly end: (fate: Fate) => void;
}

/** Whatever is sent there, the answer would be the same: not allowed, not there, not for this kind of data. */
const SAME_FOR_ALL: readonly number[] = [401, 403, 404, 405, 415];
const NO_REASON = "it doesn't say why";
const LATE = "it took too long";

const YEAR: Milliseconds = 365 * 86_400_000;

const waitWords = (wait: Milliseconds): string => (wait > YEAR ? "longer than a year" : duration(wait));

export function createSender(
  { endpoint, headers = {}, limits: own, onAgain }: SenderSettings,
  ports: SendPorts,
): Sender {
  const limits = { ...USUAL_LIMITS, ...own };
  const results = createResults(headers);
  const refusing = new Set<OtlpSignal>();
  const stopped = new AbortController();
  let queue: Queued[] = [];
  let characters = 0;
  let isSending = false;

  const drop = ({ payload, end }: Queued, fate: Fate): void => {
    results.count(payload, { dropped: payload.records });
    end(fate);
  };

  async function work(): Promise<void> {
    isSending = true;
    for (let next = queue.shift(); next; next = queue.shift()) {
      characters -= next.payload.body.length;
      const fate = await deliver(next.payload, ports.now() + limits.total);
      next.end(fate);
      if (fate !== "given-up") continue;
      const others = queue;
      [queue, characters] = [[], 0];
      for (const one of others) drop(one, "given-up");
    }
    isSending = false;
  }

  async function deliver(payload: Payload, end: EpochMilliseconds): Promise<Fate> {
    const url = endpoint.shownOf(payload.signal);
    const refused = (status: number | null, message: string): Fate => {
      results.count(payload, { rejected: payload.records });
      results.say({ kind: "rejected", url, status, message });
      return "answered";
    };
    const givenUp = (status: number | null, message: string): Fate => {
      results.count(payload, { dropped: payload.records });
      results.say({ kind: "unreachable", url, status, message });
      return "given-up";
    };
    const request = {
      url: endpoint.urlOf(payload.signal),
      headers: { ...headers, "content-type": "application/json" },
      body: payload.body,
    };
    for (let tries = 1; ; tries++) {
      if (refusing.has(payload.signal)) {
        results.count(payload, { dropped: payload.records });
        return "dropped";
      }
      const left = end - ports.now();
      if (stopped.signal.aborted || left <= 0) return givenUp(null, stopped.signal.aborted ? STOPPED : LATE);
      const { status, outcome } = await attempt(
        request,
        Math.min(limits.request, left),
        ports,
        stopped.signal,
      );
      switch (outcome.kind) {
        case "accepted": {
          const rejected = Math.min(outcome.rejected, payload.records);
          results.count(payload, { accepted: payload.records - rejected, rejected });
          if (rejected > 0)
            results.say({ kind: "rejected", url, status, message: outcome.message ?? NO_REASON });
          else if (outcome.message !== null)
            results.say({ kind: "warning", url, status, message: outcome.message });
          return "answered";
        }
        case "too-large": {
          const halves = payload.halves?.() ?? [];
          if (halves.length === 0) return refused(status, "the request is too large for it");
          return deliverAll(halves, end);
        }
        case "refused":
          if (status !== null && SAME_FOR_ALL.includes(status)) refusing.add(payload.signal);
          return refused(status, outcome.message ?? NO_REASON);
        case "final":
          return givenUp(status, outcome.message);
        case "again": {
          const wait = outcome.after ?? backOff(tries, ports.random());
          if (tries >= limits.tries) return givenUp(status, outcome.message);
          if (ports.now() + wait >= end)
            return givenUp(
              status,
              outcome.after === null
                ? outcome.message
                : `${outcome.message}; it asks to wait ${waitWords(wait)}`,
            );
          onAgain?.({ url, message: outcome.message, wait, tries: tries + 1 });
          await ports.sleep(wait, stopped.signal);
        }
      }
    }
  }

  async function deliverAll(payloads: readonly Payload[], end: EpochMilliseconds): Promise<Fate> {
    let fate: Fate = "answered";
    for (const payload of payloads)
      if (fate === "given-up") results.count(payload, { dropped: payload.records });
      else fate = await deliver(payload, end);
    return fate;
  }

  return {
    send: (payload) =>
      new Promise((end) => {
        queue.push({ payload, end });
        characters += payload.body.length;
        while (queue.length > 1 && characters > limits.queuedCharacters) {
          const oldest = queue.shift();
          if (!oldest) break;
          characters -= oldest.payload.body.length;
          drop(oldest, "dropped");
        }
        if (!isSending) void work();
      }),
    sent: results.sent,
    stop: () => stopped.abort(),
  };
}
