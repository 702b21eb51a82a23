/** Events of the page itself: visibility, freezing, network, leaving. */
import type {
  LegacyConnection,
  LongTask,
  PageLifecycle,
  PageOnline,
  PageStarted,
  PageVisibility,
  RecordingEnded,
  WorkerConnection,
} from "../events/events.ts";
import type { EpochMilliseconds } from "../units.ts";
import { finishAttempt } from "./attempts.ts";
import { loseCalls } from "./calls.ts";
import { endFailedStart } from "./failed-starts.ts";
import { closeInterruption } from "./interruptions.ts";
import type { PageState } from "./state.ts";
import type { VisibilitySpan } from "./types.ts";

export function onPage(page: PageState, event: PageStarted): void {
  page.model.started = event;
  showAs(page, event.visible ? "visible" : "hidden", event.t, null);
  if (!event.online) page.model.offline.push({ from: event.t, until: null, fault: null });
}

export function onVisibility(page: PageState, event: PageVisibility): void {
  if (page.model.visibility.at(-1)?.state === "frozen" && page.model.visibility.at(-1)?.until === null)
    return;
  showAs(page, event.visible ? "visible" : "hidden", event.t, event.fault ?? null);
}

export function onLifecycle(page: PageState, event: PageLifecycle): void {
  switch (event.phase) {
    case "freeze":
      showAs(page, "frozen", event.t, event.fault ?? null);
      return;
    case "resume":
      // The browser reports the real visibility right after this; until then a resumed page is hidden.
      showAs(page, "hidden", event.t, event.fault ?? null);
      return;
    case "pagehide":
      page.model.moves.push({ t: event.t, phase: "pagehide", persisted: event.persisted });
      if (event.persisted) showAs(page, "frozen", event.t, event.fault ?? null);
      else endPage(page, event.t);
      return;
    case "pageshow":
      page.model.moves.push({ t: event.t, phase: "pageshow", persisted: event.persisted });
      if (event.persisted) showAs(page, "visible", event.t, event.fault ?? null);
      return;
  }
}

export function onOnline(page: PageState, event: PageOnline): void {
  const last = page.model.offline.at(-1);
  const offline = last !== undefined && last.until === null;
  if (event.online && offline) last.until = event.t;
  if (!event.online && !offline)
    page.model.offline.push({ from: event.t, until: null, fault: event.fault ?? null });
}

export function onLongTask(page: PageState, event: LongTask): void {
  page.model.longTasks.push({ from: event.t, duration: event.duration });
}

export function onWorkerConnection(page: PageState, event: WorkerConnection): void {
  const { workers } = page.model;
  const known = workers.find(({ url }) => url === event.url);
  if (known) known.times.push(event.t);
  else workers.push({ url: event.url, times: [event.t] });
}

export function onLegacy(page: PageState, event: LegacyConnection): void {
  const { legacy } = page.model;
  const { t, url, clientProtocol } = event;
  if (!legacy.some((known) => known.url === url))
    legacy.push({ t, url, clientProtocol: clientProtocol ?? null });
}

function showAs(
  page: PageState,
  state: VisibilitySpan["state"],
  t: EpochMilliseconds,
  fault: number | null,
): void {
  const last = page.model.visibility.at(-1);
  if (last && last.until === null) {
    if (last.state === state) return;
    last.until = t;
  }
  page.model.visibility.push({ state, fault, from: t, until: null });
}

/** The page continues unobserved: its connections are neither closed nor lost, but no longer known. */
export function onRecordingEnded(page: PageState, { t, reason }: RecordingEnded): void {
  page.model.unrecordedFrom = t;
  page.model.unrecordedBecause = reason;
  page.model.moves.push({ t, phase: "recording-ended", persisted: false });
  endAll(page, t, "recording-ended");
}

/** The page has ended, and with it everything that was open. */
export function endPage(page: PageState, t: EpochMilliseconds): void {
  for (const fault of page.model.faults) {
    if (fault.until !== null || fault.command.name === "discard") continue;
    fault.until = t;
    fault.end = "page-closed";
  }
  page.model.endedAt = t;
  endAll(page, t, "page-ended");
}

function endAll(page: PageState, t: EpochMilliseconds, how: "page-ended" | "recording-ended"): void {
  const { visibility, offline } = page.model;
  for (const span of [
    visibility.at(-1),
    offline.at(-1),
    ...page.lanes.map((lane) => lane.model.states.at(-1)),
  ]) {
    if (span && span.until === null) span.until = t;
  }
  for (const lane of page.lanes) {
    finishAttempt(lane, { kind: "abandoned" }, t);
    const gaveUp = lane.interruption?.outcome === "gave-up";
    closeInterruption(lane, gaveUp ? "gave-up" : how, t);
    endFailedStart(lane, how, t);
    // After the end of the recording it isn't known whether calls were answered.
    if (how === "page-ended") loseCalls(lane, t);
    for (const { socket } of lane.model.transports) {
      const transport = page.transports.get(socket);
      if (transport && transport.until === null) transport.until = t;
    }
  }
}
