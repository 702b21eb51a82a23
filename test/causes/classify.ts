/** What Hubscope makes of a recording, in one word: what a provocation expects and a fixture keeps. */
import type { RecordedEvent } from "../../extension/core/events.ts";
import { createReducer } from "../../extension/core/model/reduce.ts";
import type { Confidence, HubConnectionModel, RecordingModel } from "../../extension/core/model/types.ts";

export interface Label {
  /**
   * A cause; or `resumed`, `start: ` and what was in the way, `fallback`, `stopped`, `page left`, `discarded`, `fine` where
   * nothing broke.
   */
  readonly name: string;
  readonly confidence: Confidence;
}

/** What the client probe tells. Without it these events don't come, and nothing else changes. */
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

/** Of the newest thing that happened to the page's only hub connection. */
export function classify(events: readonly RecordedEvent[]): Label {
  const { pages, hubs } = reduceAll(events);
  const page = pages[0];
  const hub = hubs[0];
  if (!page || !hub) return { name: "nothing recorded", confidence: "low" };
  if (hubs.length > 1) return { name: `${hubs.length} hub connections`, confidence: "low" };
  if (page.started?.wasDiscarded) return { name: "discarded", confidence: "high" };
  const interruption = hub.interruptions.at(-1);
  if (interruption) {
    const { cause, confidence, obstacle } = interruption.verdict;
    if (cause === "page-left") return { name: "page left", confidence };
    if (interruption.outcome === "resumed") return { name: "resumed", confidence };
    const hindered = obstacle?.name === "throttled" ? `, then ${obstacle.name}` : "";
    return { name: `${cause}${hindered}`, confidence };
  }
  const start = hub.failedStarts.at(-1);
  if (start)
    return {
      name: `start: ${start.verdict.obstacle?.name ?? start.verdict.cause}`,
      confidence: start.verdict.confidence,
    };
  return { name: quietEnd(hub, page.endedAt !== null), confidence: "high" };
}

function quietEnd(hub: HubConnectionModel, ended: boolean): string {
  if (hub.states.at(-1)?.state === "stopped") return "stopped";
  if (ended) return "page left";
  const first = hub.attempts[0];
  return first && first.sockets.length > 1 ? "fallback" : "fine";
}
