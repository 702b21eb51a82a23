/**
 * Entry point of `hubscope/monitor`: decides whether the page is observed, and loads the rest only then. Importing it does nothing, also
 * not in Node, and nothing that it does throws.
 */
import type { Monitor, MonitorOptions } from "./api.ts";
import { isSampled } from "./sampling.ts";

export type { Monitor, MonitorOptions, MonitorSignal } from "./api.ts";

/** A second call gets the first one's: the page is observed once. */
let running: Monitor | undefined;

/** Call it as early as you can, and build HubConnections after its `ready`: those that were built before are not seen. */
export function startMonitor(options: MonitorOptions): Monitor {
  if (running) return running;
  const problem = problemOf(options);
  if (problem !== null) warn(problem);
  if (problem !== null || typeof document === "undefined" || !isIn(options)) return OUT;
  const observed = import("./observer/main.ts").then(({ observe }) => observe(options));
  // Whatever goes wrong: the page goes on without us.
  const started = observed.catch((error: unknown) => {
    warn(error);
    return null;
  });
  running = {
    sampled: true,
    ready: started.then((observer) => observer !== null),
    flush: () => started.then((observer) => observer?.flush()).catch(warn),
    stop() {
      void started.then((observer) => observer?.stop()).catch(warn);
    },
  };
  return running;
}

const OUT: Monitor = {
  sampled: false,
  ready: Promise.resolve(false),
  flush: () => Promise.resolve(),
  stop: () => undefined,
};

const isIn = ({ sampleRate, sampleBy = "session" }: MonitorOptions): boolean =>
  isSampled(sampleRate, sampleBy, { random: Math.random, storage: () => sessionStorage });

/** A monitor that quietly does nothing would be noticed weeks later. */
const warn = (problem: unknown): void => {
  // eslint-disable-next-line no-console -- the page belongs to who made the mistake
  console.warn("hubscope/monitor:", problem);
};

function problemOf(options: Partial<MonitorOptions> | undefined): string | null {
  const { endpoint, sampleRate = NaN } = options ?? {};
  if (typeof endpoint !== "string" || endpoint === "") return "endpoint is the address of a collector";
  return sampleRate >= 0 && sampleRate <= 1 ? null : "sampleRate is a number from 0 to 1";
}
