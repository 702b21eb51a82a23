/**
 * Sends spans and metrics: in batches, again when a collector is busy or can't be reached, with a bounded queue. One that doesn't answer,
 * as where a page's policy forbids it, is tried seldom and by one request. When the page is left, what waits goes out in requests that
 * outlive it. It never throws.
 */
import type { MonitorSignal } from "../api.ts";
import { requestText } from "../../../extension/otlp/request-text.ts";
import { backOff, retryAfter } from "../../../extension/otlp/send/back-off.ts";
import type { Metric, OtlpBatch, Span } from "../../../extension/otlp/types.ts";
import type { EpochMilliseconds, Milliseconds } from "../../../extension/core/units.ts";
import type { TelemetrySettings } from "./settings.ts";

export interface Answer {
  /** 0: the address was moved. */
  readonly status: number;
  readonly retryAfter: string | null;
}

export interface DeliveryPorts {
  /** Of a page that may be left meanwhile. null: no answer. */
  post(signal: MonitorSignal, body: string): Promise<Answer | null>;
  /** For the end of a page: nobody waits for an answer. */
  postLast(signal: MonitorSignal, body: string): void;
  after(wait: Milliseconds, run: () => void): void;
  /** For the page's console. */
  warn(problem: string): void;
  random(): number;
  now(): EpochMilliseconds;
}

export interface Delivery {
  add(span: Span): void;
  /** Sends what waits, now. Resolves when it was answered, or will be sent again. */
  flush(): Promise<void>;
  /** The page is left. */
  flushLast(): void;
}

export interface Counted {
  /** Since the last call. */
  take(): readonly Metric[];
  dropped(spans: number): void;
}

interface Payload {
  readonly signal: MonitorSignal;
  readonly body: string;
  readonly spans: number;
  tries: number;
}

/** A page may be left at any time: what waits is little. */
const COLLECT: Milliseconds = 10_000;
const MOST_SPANS = 200;
const MOST_PAYLOADS = 10;
/** Browsers limit requests that outlive a page to 64 KB in all (https://fetch.spec.whatwg.org/#http-network-or-cache-fetch). */
const LARGEST = 48 * 1024;
const REFUSED: readonly number[] = [0, 401, 403, 404, 405];
const MOST_TRIES = 6;
const LONGEST_WAIT: Milliseconds = 300_000;
/** So many requests in a row without any answer, and the collector is left alone: for a while first, then four times as long. */
const MOST_UNANSWERED = 3;
const FIRST_REST: Milliseconds = 30_000;
const LONGEST_REST: Milliseconds = 86_400_000;
const AGAIN: readonly number[] = [429, 502, 503, 504];

export function createDelivery(
  settings: TelemetrySettings,
  counted: Counted,
  ports: DeliveryPorts,
): Delivery {
  let spans: Span[] = [];
  let waiting: Payload[] = [];
  let isDue = false;
  let unanswered = 0;
  let rests = 0;
  let isResting = false;
  let hasWarned = false;
  /** Signals that the collector doesn't take. */
  const refused = new Set<MonitorSignal>();
  const takes = (signal: MonitorSignal): boolean => settings.signals.includes(signal) && !refused.has(signal);
  const scope = { name: "hubscope/monitor", version: settings.version };
  const { resources } = settings;

  const collected = (): Payload[] => {
    const payloads: Payload[] = [];
    const add = (batch: OtlpBatch & { readonly signal: MonitorSignal }, count: number): void => {
      if (takes(batch.signal))
        payloads.push({ signal: batch.signal, body: requestText(batch), spans: count, tries: 0 });
    };
    for (const records of inGroups(spans))
      add({ signal: "traces", resource: resources.traces, scope, records }, records.length);
    const records = counted.take();
    if (records.length > 0) add({ signal: "metrics", resource: resources.metrics, scope, records }, 0);
    spans = [];
    return payloads;
  };
  const warnOnce = (problem: string): void => {
    if (!hasWarned) ports.warn(problem);
    hasWarned = true;
  };
  const sendAgain = async (payload: Payload): Promise<void> => {
    // It may have gone out when the page was left.
    if (!waiting.includes(payload)) return;
    waiting = waiting.filter((other) => other !== payload);
    await send(payload);
  };
  const rest = (): void => {
    isResting = true;
    warnOnce("no answer from the collector: tried seldom");
    const wait = FIRST_REST * 4 ** rests++ * (1 + ports.random());
    ports.after(Math.min(wait, LONGEST_REST), () => void probe());
  };
  const probe = async (): Promise<void> => {
    const [next] = waiting;
    if (next) await sendAgain(next);
    isResting = false;
    if (next && unanswered > 0) rest();
    else await Promise.all([...waiting.map(sendAgain), flush()]);
  };
  const send = async (payload: Payload): Promise<void> => {
    const { signal } = payload;
    payload.tries++;
    const answer = await ports.post(signal, payload.body).catch(() => null);
    if (answer) unanswered = rests = 0;
    else unanswered++;
    if (answer && answer.status > 0 && answer.status < 400) return;
    // There is nothing at that address, or we may not send there: it will be the same for what follows.
    if (answer && REFUSED.includes(answer.status)) {
      refused.add(signal);
      warnOnce(`${signal}: refused (${answer.status || "moved"})`);
    }
    if (unanswered >= MOST_UNANSWERED && !isResting) rest();
    const isOver = payload.tries >= MOST_TRIES || (answer && !AGAIN.includes(answer.status));
    if (isOver || waiting.length >= MOST_PAYLOADS) {
      counted.dropped(payload.spans);
      return;
    }
    waiting.push(payload);
    // Not all at the moment that the collector names.
    const asked = retryAfter(answer?.retryAfter ?? null, ports.now()) ?? 0;
    const wait = asked * (1 + ports.random()) + backOff(payload.tries, ports.random());
    ports.after(Math.min(wait, LONGEST_WAIT), () => {
      if (!isResting) void sendAgain(payload);
    });
  };
  /** While it rests, spans and counts are kept. */
  const flush = async (): Promise<void> => {
    if (!isResting) await Promise.all(collected().map(send));
  };
  return {
    add(span) {
      if (spans.length >= MOST_SPANS) {
        counted.dropped(1);
        return;
      }
      spans.push(span);
      if (isDue) return;
      isDue = true;
      // Not all pages that were interrupted by one event send at one moment.
      ports.after(COLLECT * (0.5 + ports.random()), () => {
        isDue = false;
        void flush();
      });
    },
    flush,
    flushLast() {
      const all = [...collected(), ...waiting];
      waiting = [];
      for (const { signal, body } of all) ports.postLast(signal, body);
    },
  };
}

/** Groups that fit into a request that outlives its page. */
function* inGroups(spans: readonly Span[]): Generator<readonly Span[]> {
  let group: Span[] = [];
  let size = 0;
  for (const span of spans) {
    const own = JSON.stringify(span).length;
    if (group.length > 0 && size + own > LARGEST) {
      yield group;
      group = [];
      size = 0;
    }
    group.push(span);
    size += own;
  }
  if (group.length > 0) yield group;
}
