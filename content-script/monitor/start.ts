/**
 * Decides whether the page is observed, and loads the rest only then. Nothing that it does throws, and nothing that it returns rejects or
 * stays open: apps wait for it.
 */
import type { Milliseconds } from "../../extension/core/units.ts";
import type { Monitor, MonitorOptions } from "./api.ts";
import { isSampled } from "./sampling.ts";

interface Observed {
  flush(): Promise<void>;
  stop(): void;
}

/** An app that isn't observed is better than an app that isn't there. */
const READY_WITHIN: Milliseconds = 2_000;
const FLUSHED_WITHIN: Milliseconds = 5_000;

export function createStart(
  load: () => Promise<{ observe(options: MonitorOptions): Observed }>,
): (options: MonitorOptions) => Monitor {
  /** A second call gets the first one's, also where that observes nothing. */
  let first: Monitor | undefined;
  const start = (options: MonitorOptions): Monitor => {
    if (typeof document === "undefined") return OUT;
    const problem = problemOf(options);
    if (problem) warn(problem);
    if (problem || !isIn(options)) return OUT;
    // Whatever goes wrong: the page goes on without us.
    const started = load()
      .then(({ observe }) => observe(options))
      .catch(warn);
    return {
      sampled: true,
      ready: within(READY_WITHIN, started).then(Boolean),
      flush: () => within(FLUSHED_WITHIN, started.then((observer) => observer?.flush()).catch(warn)),
      stop() {
        void started.then((observer) => observer?.stop()).catch(warn);
      },
    };
  };
  return (options) => (first ??= start(options));
}

const OUT: Monitor = {
  sampled: false,
  ready: Promise.resolve(false),
  flush: () => Promise.resolve(),
  stop: () => undefined,
};

/** Goes on without an answer that doesn't come in time. */
const within = <T>(wait: Milliseconds, answer: Promise<T>): Promise<T | undefined> =>
  Promise.race([answer, new Promise<undefined>((resolve) => setTimeout(resolve, wait, undefined))]);

const isIn = ({ sampleRate, sampleBy = "session" }: MonitorOptions): boolean =>
  isSampled(sampleRate, sampleBy, { random: Math.random, storage: () => sessionStorage });

/** A monitor that quietly does nothing would be noticed weeks later. */
const warn = (problem: unknown): undefined => {
  // eslint-disable-next-line no-console -- the page belongs to who made the mistake
  console.warn("hubscope/monitor:", problem);
};

function problemOf(options: Partial<MonitorOptions> | undefined): string | null {
  const { endpoint, sampleRate = NaN } = options ?? {};
  if (!endpoint || !isAddress(endpoint))
    return "endpoint is an http(s) address without a password, or a path such as /otlp";
  return sampleRate >= 0 && sampleRate <= 1 ? null : "sampleRate is a number from 0 to 1";
}

function isAddress(endpoint: string): boolean {
  try {
    return /^https?:..[^/@]+\//.test(new URL(endpoint, document.baseURI).href);
  } catch {
    return false;
  }
}
