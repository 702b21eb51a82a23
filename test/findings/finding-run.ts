/** A run: a small real app, what happens to it, and which findings its recording must have. */
import type { FindingId } from "../../extension/core/diagnosis/findings/registry.ts";
import type { BrowserName } from "../harness/browser/index.ts";
import type { BlazorScene } from "../harness/situation/blazor-situation.ts";
import type { Scene } from "../harness/situation/scene.ts";
import type { Situation } from "../harness/situation/situation.ts";
import type { AppName } from "./apps/main.ts";
import type { AppSettings } from "./apps/kit.ts";

export interface Expectations {
  /** Found for one hub of the recording at least. */
  readonly has?: readonly FindingId[];
  /** Looked for, and found for no hub. */
  readonly hasNot?: readonly FindingId[];
  readonly cantTell?: readonly FindingId[];
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
  /** In the recording, servers have a name of the internet: some findings don't apply to a developer's own computer. */
  readonly renamed?: true;
  readonly happens: (situation: Situation) => Promise<void>;
}

export interface BlazorRun extends Described, Omit<BlazorScene, "provoke"> {
  readonly happensToBlazor: BlazorScene["provoke"];
}

export type FindingRun = AppRun | BlazorRun;

/** A run of an app that follows the advice: it has no finding at all. */
export type HealthyRun = FindingRun & { readonly healthy: true };

export const isHealthy = (run: FindingRun): run is HealthyRun => "healthy" in run;
