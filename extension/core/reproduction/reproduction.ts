/** How something that was recorded happens again in a test. Types only. */
import type { CauseName, ObstacleName } from "../diagnosis/verdict.ts";
import type { FaultName } from "../faults/vocabulary.ts";
import type { Scenario, ScenarioFault } from "../scenarios/scenario.ts";
import type { Milliseconds } from "../units.ts";

export type Reproduction = ScenarioAgain | StartAgain | NotAgain;

/** Where it was recorded. */
export interface Place {
  /** Address of the page, without secrets. "": not known. */
  readonly page: string;
  /** Address of the hub, where the page has several. */
  readonly hub: string | null;
}

/** A connection that was lost: a scenario loses it again. */
export interface ScenarioAgain extends Place {
  readonly kind: "scenario";
  readonly scenario: Scenario;
  /** What the loss then looks like. More than one: it depends on timing, or on the app. */
  readonly causes: readonly CauseName[];
  /** An app that does it right isn't interrupted at all. */
  readonly avoidable: boolean;
}

/** A start() that failed: these faults are there before the page's own scripts. */
export interface StartAgain extends Place {
  readonly kind: "start";
  readonly title: string;
  readonly faults: readonly ScenarioFault[];
  /** What then prevents the connection. */
  readonly obstacles: readonly ObstacleName[];
  readonly differs: readonly string[];
  /** How long an app may take that tries again. */
  readonly within: Milliseconds;
  /** An app may connect in another way, without a failed start. */
  readonly avoidable: boolean;
}

export interface NotAgain {
  readonly kind: "none";
  /** Why no test can do it, in a sentence. */
  readonly why: string;
  /** What to do instead. */
  readonly instead: string;
}

/** What loses a connection as it was lost. */
export interface Break {
  readonly faults: readonly ScenarioFault[];
  /** How long it may take until the connection is lost, the time of the faults included. */
  readonly lostWithin: Milliseconds;
  readonly differs?: readonly string[];
  /** Instead of the recipe's. */
  readonly causes?: readonly CauseName[];
}

/** What is done for a cause. */
export type Recipe<Facts> =
  | {
      readonly faults: readonly FaultName[];
      /** What the loss then looks like. */
      readonly causes: readonly CauseName[];
      /** How it always differs from what was recorded; the limitations of the faults are documented with them. */
      readonly differs: readonly string[];
      readonly avoidable?: true;
      /** The time without a server belongs to the cause: it is there even if the app hasn't tried to reconnect. */
      readonly outage?: true;
      readonly make: (facts: Facts) => Break | Omit<NotAgain, "kind">;
    }
  | Omit<NotAgain, "kind">;
