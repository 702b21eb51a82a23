/** A run: a small real app, what happens to it, and which findings its recording must have. */
import type { FindingId } from "../../extension/core/diagnosis/findings/registry.ts";
import type { BrowserName } from "../harness/browser/index.ts";
import type { BlazorScene } from "../harness/situation/blazor-situation.ts";
import type { Scene } from "../harness/situation/scene.ts";
import type { Situation } from "../harness/situation/situation.ts";
import type { AppName } from "./apps/main.ts";
import type { AppSettings } from "./apps/kit.ts";

/** Not there yet. */
type Planned =
  | "heavy-reconnect"
  | "repeated-work"
  | "visible-gap"
  | "keep-alive-mismatch"
  | "idle-cut"
  | "pings-starved"
  | "freeze-without-lock"
  | "slow-calls"
  | "head-of-line"
  | "fallback"
  | "transport-restricted"
  | "skip-negotiation-azure"
  | "sticky-sessions"
  | "lifetime-limit"
  | "buffering-proxy"
  | "negotiate-throttled"
  | "azure-redirect"
  | "token-expires"
  | "token-too-long"
  | "message-near-limit"
  | "detailed-errors"
  | "drained"
  | "flapping"
  | "client-outdated";
export type ExpectedId = FindingId | Planned;

export interface Expectations {
  /** Found for one hub of the recording at least. */
  readonly has?: readonly ExpectedId[];
  /** Looked for, and found for no hub. */
  readonly hasNot?: readonly ExpectedId[];
  readonly cantTell?: readonly ExpectedId[];
}

interface Described extends Expectations {
  readonly name: string;
  /** A description for readers of the fixture. */
  readonly how: string;
  /** The only browser in which this is possible. */
  readonly only?: BrowserName;
  /** What the same recording shows without the client probe. */
  readonly onWire?: Expectations;
}

export interface AppRun extends Described, Omit<Scene, "client" | "starts" | "begins"> {
  readonly app: AppName;
  readonly client?: Partial<AppSettings>;
  readonly happens: (situation: Situation) => Promise<void>;
}

export interface BlazorRun extends Described, Omit<BlazorScene, "provoke"> {
  readonly happensToBlazor: BlazorScene["provoke"];
}

export type FindingRun = AppRun | BlazorRun;

/** A run of an app that follows the advice: it has no finding at all. */
export type HealthyRun = FindingRun & { readonly healthy: true };

export const isHealthy = (run: FindingRun): run is HealthyRun => "healthy" in run;
