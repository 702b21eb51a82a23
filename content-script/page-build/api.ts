/**
 * What `hubscope.js` puts on a page, for tests: `window.__hubscope`. Everything that goes in and comes out is plain JSON, so that
 * it passes through Playwright's and Puppeteer's `evaluate`. docs/ci.md shows how it is used.
 */
import type { Fault } from "./fault.ts";

export interface Hubscope {
  /** Hubscope's version. */
  readonly version: string;
  /** Names of the built-in scenarios. */
  readonly scenarios: readonly string[];

  /**
   * Resolves once a SignalR connection of this page is connected, plus one second: the calls that an app makes right after
   * connecting are part of its start. Rejects when there is none within the time (30,000 ms when absent).
   */
  connected(options?: { readonly within?: number }): Promise<void>;

  /** Breaks something. Resolves with the fault's number once it is in effect; rejects, and changes nothing, when it can't be done. */
  inject(fault: Fault): Promise<number>;

  /** Ends that fault, if it lasts. Without a number: every fault, and a scenario or a doctor that is running. */
  end(fault?: number): Promise<void>;

  /**
   * Runs a built-in scenario, by its name, or one of your own, as an object or as JSON text. One at a time. Resolves with the
   * result, whatever the verdict is; rejects only when it can't be started.
   */
  run(scenario: string | object, options?: RunOptions): Promise<ScenarioResult>;

  /**
   * Tries a hub from this page, with the app's token and cookies: each transport and protocol, sticky sessions, stateful
   * reconnect, message sizes. Resolves with what works and whose problem it is when something doesn't; rejects when it can't
   * be done, or when `end()` ends it. It makes about 20 short connections, and calls none of the hub's methods.
   */
  doctor(options?: DoctorOptions): Promise<DoctorResult>;

  /**
   * What this app could do better, by what was recorded in this document so far: the findings of the panel, worst first. What this
   * recording can't show is not among them. docs/findings.md lists all checks.
   */
  findings(): Promise<readonly Finding[]>;

  /** Everything that was recorded in this document, without secrets: a file for the panel, as JSON. */
  recording(): Promise<object>;

  /** The newest result of each scenario that was run in this document: a file for comparing, as JSON. */
  scorecard(): Promise<Scorecard>;

  /**
   * Sends what was recorded in this document so far to a collector of OpenTelemetry, from this page: the collector must allow it (CORS).
   * Nothing is sent otherwise. Resolves with what became of it; rejects only when an option is wrong.
   */
  send(options: SendOptions): Promise<SendResult>;
}

export interface SendOptions {
  /** The collector's address in front of `/v1/traces`, for example `http://localhost:4318`. */
  readonly endpoint: string;
  /** For each request, for example a key. */
  readonly headers?: Readonly<Record<string, string>>;
  /** All of them when absent. */
  readonly signals?: readonly ("traces" | "logs" | "metrics")[];
  /** The service's name; the page's host when absent. */
  readonly service?: string;
}

/** Spans, log records and data points of metrics. */
export interface SendResult {
  readonly traces: SendCounts;
  readonly logs: SendCounts;
  readonly metrics: SendCounts;
  /** Why something was not accepted, and what the collector says beside it. */
  readonly problems: readonly {
    readonly kind: "rejected" | "unreachable" | "warning";
    readonly url: string;
    /** null: there was no answer. */
    readonly status: number | null;
    readonly message: string;
  }[];
}

export interface SendCounts {
  readonly accepted: number;
  /** By the collector. */
  readonly rejected: number;
  /** Not sent, as the collector could not be reached. */
  readonly dropped: number;
}

export interface RunOptions {
  /** Shortens the parts that the scenario allows; the result lists what was shortened. */
  readonly quick?: boolean;
  /** The hub that is tested, by its address without a query; all hubs of the page when absent. */
  readonly hub?: string;
}

export interface DoctorOptions {
  /** The hub's address; the page's first hub when absent. */
  readonly hub?: string;
  /** How long one connection of each transport is left open, in milliseconds; 0, which is the default: not at all. */
  readonly stay?: number;
  /** Whether it may call a method that no hub has: for round trips and message sizes. True when absent. */
  readonly calls?: boolean;
}

export interface DoctorResult {
  readonly headline: string;
  /** Where the worst problem is. null: none was found. */
  readonly where: "app" | "server" | "between" | null;
  readonly verdicts: readonly DoctorVerdict[];
  /** What was measured, as in a recording (docs/recording-format.md). */
  readonly facts: readonly object[];
}

export interface DoctorVerdict {
  /** What is judged, such as "websockets" or "token". */
  readonly topic: string;
  readonly result: "problem" | "fine" | "note" | "cant-tell";
  readonly title: string;
  readonly say: string;
  /** Of a problem. */
  readonly where?: "app" | "server" | "between";
  readonly confidence?: "high" | "medium" | "low";
  readonly advice?: string;
}

export interface Finding {
  /** Of the check, such as "gives-up": a test that knows of it can leave it out. */
  readonly id: string;
  /** "high": users lose work or stay disconnected. "medium": they notice, or the servers do. "low": it could be better. */
  readonly severity: "high" | "medium" | "low";
  /** The hub's address, without a query. */
  readonly hub: string;
  readonly title: string;
  /** One sentence with this app's own figures. */
  readonly say: string;
  readonly measured: readonly {
    readonly label: string;
    readonly value: number;
    readonly unit: "ms" | "B" | "count" | "%" | "per second";
  }[];
  /** When it showed, in order of time: milliseconds since 1970. At most 20. */
  readonly moments: readonly { readonly t: number; readonly text: string }[];
  readonly why: string;
  /** What to change, and where. */
  readonly advice: readonly {
    readonly where: "client" | "server" | "azure" | "proxy";
    readonly text: string;
    /** Code or a setting to paste. */
    readonly snippet?: { readonly language: string; readonly code: string };
  }[];
  /** A public page that says more. */
  readonly link: string;
  /** The built-in scenario that shows whether a change helped. null: none does. */
  readonly scenario: string | null;
}

export type Verdict = "pass" | "warn" | "fail" | "cant-tell" | "not-applicable" | "error" | "stopped";

/** Times are milliseconds since 1970. */
export interface ScenarioResult {
  readonly scenario: string;
  readonly title: string;
  readonly verdict: Verdict;
  /** The reason for the verdict; null: see the expectations. */
  readonly why: string | null;
  readonly from: number;
  readonly to: number;
  /** What was shortened in a quick run. */
  readonly shortened: readonly string[];
  readonly faults: readonly {
    readonly page: string;
    readonly fault: number;
    readonly name: string;
    readonly from: number;
    /** null: it has not ended, or its end is not known. */
    readonly until: number | null;
  }[];
  readonly expectations: readonly ExpectationResult[];
  /** Waits that reached their time limit. */
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
    /** Only in pages with `hubscope.js`; the extension adds no global variable. */
    readonly __hubscope: Hubscope;
  }
}
