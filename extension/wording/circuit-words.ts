/** Blazor circuits in words. Pure. */
import type { CircuitCalled } from "../core/events/events.ts";
import type { ReconnectUiState } from "../core/protocol/blazor.ts";
import type { EventWords } from "./event-words.ts";

export const RECONNECT_UI: Readonly<Record<ReconnectUiState, string>> = {
  show: "shown",
  hide: "hidden",
  retrying: "retrying",
  failed: "gave up",
  rejected: "circuit rejected",
  paused: "circuit paused",
  "resume-failed": "resume failed",
};

/** A row of the log. */
export function circuitWords({ method, step, circuit, error }: CircuitCalled): EventWords {
  const tone = step === "called" ? null : step === "accepted" ? ("good" as const) : ("bad" as const);
  return {
    kind: "Circuit",
    title: `${method} ${step}`,
    text: [circuit === undefined ? "" : `circuit ${circuit}`, error ?? ""].filter(Boolean).join(" · "),
    ...(tone ? { tone } : {}),
  };
}
