/**
 * What `hubscope.js` puts on a page, for tests: `window.__hubscope`. Everything that goes in and comes out is plain JSON, so that
 * it passes through Playwright's and Puppeteer's `evaluate`. docs/ci.md shows how it is used.
 */
export interface Hubscope {
  /** Of Hubscope. */
  readonly version: string;
  /** Names of the scenarios that come with it. */
  readonly scenarios: readonly string[];

  /**
   * Resolves once a SignalR connection of this page is connected and has been so for a moment: what an app calls right after
   * connecting is part of its start. Rejects when there is none within the time (30,000 ms when absent).
   */
  connected(options?: { readonly within?: number }): Promise<void>;

  /** Breaks something. Resolves with the fault's number once it is in effect; rejects, and changes nothing, when it can't be done. */
  inject(fault: Fault): Promise<number>;

  /** Ends that fault, if it lasts. Without a number: every fault, and a scenario that is running. */
  end(fault?: number): Promise<void>;

  /**
   * Runs one of the scenarios that come with Hubscope, by its name, or one of your own, as an object or as JSON text. One at a
   * time. Resolves with the result, whatever the verdict is; rejects only when it can't begin.
   */
  run(scenario: string | object, options?: RunOptions): Promise<ScenarioResult>;

  /** Everything that was recorded in this document, without secrets: a file for the panel, as JSON. */
  recording(): Promise<object>;

  /** The newest result of each scenario that was run in this document: a file for comparing, as JSON. */
  scorecard(): Promise<Scorecard>;
}

/** The parameters of each fault are in docs/faults.md; times are in milliseconds. */
export interface Fault {
  readonly name: FaultName;
  /** The whole page when absent. */
  readonly target?: FaultTarget;
  readonly [parameter: string]: unknown;
}

export type FaultName =
  | "abrupt-loss"
  | "graceful-loss"
  | "close-code"
  | "half-open"
  | "miss-window"
  | "idle-cut"
  | "lifetime-limit"
  | "offline"
  | "refuse-connects"
  | "block-websockets"
  | "block-event-streams"
  | "negotiate-status"
  | "refuse-token"
  | "slow-negotiate"
  | "slow-handshake"
  | "latency"
  | "bandwidth"
  | "drop-messages"
  | "duplicate-messages"
  | "drop-pings"
  | "suspend"
  | "throttle-timers"
  | "block-main-thread"
  | "server-close"
  | "drain";

export type FaultTarget =
  | { readonly scope: "page" }
  /** By the number of its socket in the recording. */
  | { readonly scope: "connection"; readonly socket: number }
  /** By its address, without a query. */
  | { readonly scope: "hub"; readonly url: string }
  | { readonly scope: "share"; readonly percent: number; readonly seed: number };

export interface RunOptions {
  /** Shorter where the scenario says how; the result says what was shortened. */
  readonly quick?: boolean;
  /** The hub that is broken and judged, by its address without a query; all of the page's when absent. */
  readonly hub?: string;
}

export type Verdict = "pass" | "warn" | "fail" | "cant-tell" | "not-applicable" | "error" | "stopped";

/** Times are milliseconds since 1970. */
export interface ScenarioResult {
  readonly scenario: string;
  readonly title: string;
  readonly verdict: Verdict;
  /** Why there is no better verdict; null: the expectations say all. */
  readonly why: string | null;
  readonly from: number;
  readonly to: number;
  /** In what a quick run differed from the real thing. */
  readonly shortened: readonly string[];
  readonly faults: readonly {
    readonly page: string;
    readonly fault: number;
    readonly name: string;
    readonly from: number;
    /** null: it isn't known to be over. */
    readonly until: number | null;
  }[];
  readonly expectations: readonly ExpectationResult[];
  /** Waits that ran into their limit. */
  readonly missed: readonly { readonly step: number; readonly at: number; readonly say: string }[];
}

export interface ExpectationResult {
  /** Its name in a scenario, such as "recovered". */
  readonly that: string;
  readonly title: string;
  readonly verdict: Verdict;
  readonly measured: { readonly value: number; readonly unit: "ms" | "%" | "count" } | null;
  /** One sentence. */
  readonly say: string;
  readonly at: number;
  readonly evidence: readonly { readonly t: number; readonly text: string; readonly key?: string }[];
}

export interface Scorecard {
  readonly format: "hubscope-scorecard";
  readonly version: number;
  readonly hubscope: string;
  readonly madeAt: number;
  readonly url: string;
  readonly browser: "chromium" | "firefox";
  readonly results: readonly ScenarioResult[];
}

declare global {
  interface Window {
    /** Only in pages into which `hubscope.js` was put; the extension puts no name on a page. */
    readonly __hubscope: Hubscope;
  }
}
