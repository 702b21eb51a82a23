/** What `bench:watched` measures: who watches the page, and the traffic. */
import type { Traffic } from "../hook/cases.ts";

/** The first is what the others are compared with. */
export const KINDS = {
  devtools: {
    title: "our panel in DevTools, against an empty panel of another extension",
    variants: ["inert", "panel", "network"],
  },
  window: {
    title: "our panel in a window of its own, against the page alone",
    variants: ["alone", "window"],
  },
} as const;

export type Kind = keyof typeof KINDS;
export type Variant = (typeof KINDS)[Kind]["variants"][number];
export const OURS: Readonly<Record<Kind, Variant>> = { devtools: "panel", window: "window" };

/** As ratios to the page that is watched by nobody or by an inert panel. */
export interface Wanted {
  readonly pageCpu: number;
  readonly throughput?: number;
}

export interface WatchedCase extends Traffic {
  readonly title: string;
  readonly wanted: Readonly<Record<Kind, Wanted>>;
  /** For the trace, which would be too large with all messages. */
  readonly traced: number;
}

const small = { protocol: "json", transport: "WebSockets", way: "in", size: 200 } as const;
const asOften = {
  devtools: { pageCpu: 1.1, throughput: 0.95 },
  window: { pageCpu: 1.3, throughput: 0.9 },
};

export const CASES: Readonly<Record<string, WatchedCase>> = {
  one: {
    ...small,
    messages: 20_000,
    perFrame: 1,
    title: "one message a frame",
    wanted: asOften,
    traced: 10_000,
  },
  twenty: {
    ...small,
    messages: 50_000,
    perFrame: 20,
    title: "20 messages a frame",
    wanted: asOften,
    traced: 20_000,
  },
  huge: {
    ...small,
    messages: 100_000,
    perFrame: 100_000,
    title: "one frame with 100,000 messages",
    wanted: { devtools: { pageCpu: 2 }, window: { pageCpu: 2 } },
    traced: 100_000,
  },
};

/**
 * Messages a second for the panel's frames. An inspected page can't take 10,000 frames a second, whatever is shown: so there are
 * several messages in each.
 */
export const flow = (kind: Kind, seconds: number): Traffic => ({
  ...small,
  messages: 10_000 * seconds,
  perFrame: kind === "devtools" ? 20 : 1,
  perSecond: 10_000,
});

/** In milliseconds. */
export const LONGEST_FRAME = 50;
export const LONGEST_TASK = 50;
