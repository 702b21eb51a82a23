/** Hubscope in the page of a test, whatever drives the browser. */
import type {
  DoctorOptions,
  DoctorResult,
  RunOptions,
  ScenarioResult,
  Scorecard,
  SendOptions,
  SendResult,
} from "../../content-script/page-build/api.ts";
import type { Fault } from "../../content-script/page-build/fault.ts";
import type { Interruption } from "../core/analysis/analysis.ts";

/** Everything is about the document that is open when it is called. */
export interface HubscopePage {
  /** Waits until a SignalR connection of the page has been connected for a second; at most `within` milliseconds, 30,000 by default. */
  connected(options?: { readonly within?: number }): Promise<void>;
  /** Runs a scenario: a built-in one by name, or a custom one as an object or JSON. Resolves with the result, whatever the verdict. */
  run(scenario: string | object, options?: RunOptions): Promise<ScenarioResult>;
  /** Injects a fault. Resolves with its number once it is in effect. */
  inject(fault: Fault): Promise<number>;
  /** Injects a fault into every document that the page opens from now on, before the page's own scripts: the first start() meets it. */
  injectAtLoad(fault: Fault): Promise<void>;
  /** Ends that fault; without a number every fault, and a running scenario or doctor. */
  end(fault?: number): Promise<void>;
  /** Tries a hub from the page. */
  doctor(options?: DoctorOptions): Promise<DoctorResult>;
  /** The newest result of each scenario that was run in this document. */
  scorecard(): Promise<Scorecard>;
  /**
   * The times without a connection in this document so far, in order, each with its cause. `looksLike` is the cause that it has for
   * Hubscope when it doesn't look at its own faults.
   */
  interruptions(): Promise<readonly Interruption[]>;
  /** The content of a recording file: everything that was recorded in this document, without secrets. */
  recording(): Promise<object>;
  /**
   * Recordings of all documents that the page has had, the oldest first and this one last. A document hands its recording over when
   * it is left. Firefox under Puppeteer doesn't pass that on in time: call `recording()` there before each navigation.
   */
  recordings(): Promise<readonly object[]>;
  /**
   * Sends those recordings to a collector of OpenTelemetry, from Node. Nothing is sent otherwise. Resolves with what became of them; rejects
   * only when an option is wrong.
   */
  send(options: SendOptions): Promise<SendResult>;
  /** How many documents with SignalR ended before their recordings could be collected. */
  readonly lost: number;
}
