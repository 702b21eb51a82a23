import { FAULTS } from "../faults/outlines.ts";
import { duration } from "../text/format.ts";
import { EXPECTATIONS } from "./expectations.ts";
import type { Condition, Step } from "./scenario.ts";

/** A step in a few words. */
export function stepInWords(step: Step): string {
  switch (step.do) {
    case "inject": {
      const time = "duration" in step.fault ? step.fault.duration : undefined;
      return `${FAULTS[step.fault.name].title}${time === undefined ? "" : `, ${duration(time)}`}`;
    }
    case "end":
      return step.fault === undefined ? "End all faults" : `End "${step.fault}"`;
    case "wait":
      return `Wait until ${CONDITION[step.for](step.count ?? 1)}, at most ${duration(step.limit)}`;
    case "pause":
      return `Wait ${duration(step.time)}`;
    case "expect":
      return `Expect: ${EXPECTATIONS[step.that].title.toLowerCase()}`;
  }
}

const CONDITION: Readonly<Record<Condition, (count: number) => string>> = {
  connected: () => "it is connected",
  disconnected: () => "the connection is lost",
  reconnecting: () => "it is connecting",
  attempts: (count) => (count === 1 ? "1 attempt was made" : `${count} attempts were made`),
  settled: () => "it is connected or has given up",
  "faults-over": () => "the faults have ended",
};
