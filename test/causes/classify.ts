/** Reduces Hubscope's verdict on a recording to one label, to compare it with the expectations of provocations and fixtures. */
import { verdictOf } from "../../extension/core/diagnosis/diagnose.ts";
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import { queuedCalls } from "../../extension/core/diagnosis/call-queue.ts";
import { heldBack } from "../../extension/core/diagnosis/held-back.ts";
import { ownHangs, watchdogs } from "../../extension/core/diagnosis/hangs.ts";
import { createReducer } from "../../extension/core/model/reducer.ts";
import type { HubConnectionModel, PageModel, RecordingModel } from "../../extension/core/model/types.ts";
import type { Confidence, ObstacleName } from "../../extension/core/diagnosis/verdict.ts";

export interface Label {
  /**
   * A cause; or `resumed`, `start: ` and the obstacle, `fallback`, `not connected`, `stopped`, `paused`, `page left`,
   * `discarded`, `call refused`, `hang: ` and the obstacle, `fine` where nothing broke (and what is said of its calls). Of a Blazor page, then what became of
   * its circuit.
   */
  readonly name: string;
  readonly confidence: Confidence;
}

/** The events of the client probe. Without the probe these are missing, and nothing else changes. */
const OF_PROBE = new Set<RecordedEvent["kind"]>(["hub", "hub-state", "hub-lost", "retry"]);

export const withoutProbe = (events: readonly RecordedEvent[]): RecordedEvent[] =>
  events
    .filter(({ kind }) => !OF_PROBE.has(kind))
    .map((event) => (event.kind === "page" ? { ...event, probe: false } : event));

function reduceAll(events: readonly RecordedEvent[]): RecordingModel {
  const reducer = createReducer();
  reducer.apply("page", events);
  return reducer.model;
}

/** Obstacles to the reconnect that are reported as a second cause, because they aren't part of the first. */
const ALSO_NAMED = new Set<ObstacleName>([
  "throttled",
  "token-too-long",
  "before-request",
  "after-negotiate",
  "service-worker",
]);

/** @returns the label of the latest event in the life of the page's only hub connection, or of the newest one that hangs */
export function classify(events: readonly RecordedEvent[]): Label {
  const model = reduceAll(events);
  const { pages, hubs } = model;
  const page = pages[0];
  const hub = hubs[0];
  const hang = ownHangs(watchdogs(model, model.to)).at(-1);
  if (hang && hang.hub.interruptions.length + hang.hub.failedStarts.length === 0) {
    const { cause, obstacle, confidence } = verdictOf(hang);
    return { name: `hang: ${obstacle?.name ?? cause}`, confidence };
  }
  if (!page || !hub) return { name: "nothing recorded", confidence: "low" };
  if (hubs.length > 1) return { name: `${hubs.length} hub connections`, confidence: "low" };
  if (page.started?.wasDiscarded) return { name: "discarded", confidence: "high" };
  // A page may be left after a break because of it: Blazor's template reloads it when its circuit is refused.
  const breaks = hub.interruptions.filter((one) => verdictOf(one).cause !== "page-left");
  const interruption = breaks.at(-1) ?? hub.interruptions.at(-1);
  if (interruption) {
    const { cause, confidence, obstacle } = verdictOf(interruption);
    if (cause === "page-left") return { name: `page left${beacon(hub)}`, confidence };
    if (interruption.outcome === "resumed") return { name: "resumed", confidence };
    const hindered = obstacle && ALSO_NAMED.has(obstacle.name) ? `, then ${obstacle.name}` : "";
    const circuit = interruption.circuit === null ? "" : `, circuit ${interruption.circuit}`;
    return { name: `${cause}${hindered}${circuit}`, confidence };
  }
  const start = hub.failedStarts.at(-1);
  if (start) {
    const { cause, confidence, obstacle } = verdictOf(start);
    if (cause === "page-left") return { name: "page left", confidence };
    return { name: `start: ${obstacle?.name ?? cause}`, confidence };
  }
  return { name: quietEnd(hub, page), confidence: "high" };
}

function quietEnd(hub: HubConnectionModel, page: PageModel): string {
  const last = hub.states.at(-1)?.state;
  if (last === "stopped" || last === "paused") return last;
  if (page.endedAt !== null) return `page left${beacon(hub)}`;
  if (last === "connecting" || last === "disconnected") return "not connected";
  // Only calls whose request was refused count; a call whose hub method fails doesn't.
  const refused = hub.transports.some(({ failedRequests }) =>
    failedRequests.some(({ method, status }) => method === "POST" && (status === null || status >= 400)),
  );
  const pending = hub.calls.some(({ fate }) => fate === "pending");
  if (refused) return pending ? "call pending" : "call refused";
  const first = hub.attempts[0];
  if (first && first.sockets.length > 1) return "fallback";
  // Each counts only if it is said.
  const queued = queuedCalls(hub, page).size > 0 ? ", calls queued" : "";
  return `fine${queued}${heldBack(hub) ? ", answers held back" : ""}`;
}

/** Blazor's page has told the server that it doesn't need its circuit any more. */
const beacon = ({ circuit }: HubConnectionModel): string =>
  circuit !== null && circuit.leftAt !== null ? ", beacon sent" : "";
