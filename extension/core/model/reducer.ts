/**
 * The pure reduction from events to the model. `apply` may be called with one event or with a million: the model is changed in
 * place and is always the same as after reducing all events from scratch. The time is linear in the number of events.
 */
import type { RecordedEvent } from "../events/events.ts";
import { onHubLost, onHubState, onRetry } from "./client-events.ts";
import { onFault, onFaultEnded } from "./fault-events.ts";
import { onCounts, onMessage } from "./message-events.ts";
import {
  onLegacy,
  onLifecycle,
  onLongTask,
  onOnline,
  onPage,
  onRecordingEnded,
  onVisibility,
  onWorkerConnection,
} from "./page-events.ts";
import type { PageState, Writable } from "./state.ts";
import type { RecordingModel } from "./types.ts";
import type { PageId } from "../ids.ts";
import { onHub } from "./next-connection.ts";
import { onNegotiate, onNegotiateEnded } from "./negotiate-events.ts";
import { giveUpUnfollowed } from "./unfollowed.ts";
import {
  onHandshake,
  onSocket,
  onSocketClosed,
  onSocketClosing,
  onSocketOpened,
  onTransportRequest,
  onUpgrade,
} from "./transport-events.ts";

export interface Reducer {
  /**
   * Events of one page, in order of seq. Events that were already applied are ignored, as two readers may bring the same ones.
   */
  apply(page: PageId, events: readonly RecordedEvent[]): void;
  readonly model: RecordingModel;
}

/** Creates an empty model and the function that adds events. Causes are not part of the model: see `core/diagnosis`. */
export function createReducer(): Reducer {
  const pages = new Map<PageId, PageState>();
  const model: Writable<RecordingModel> = {
    pages: [],
    hubs: [],
    from: Infinity,
    to: 0,
    messages: 0,
    dropped: 0,
    cut: 0,
    version: 0,
  };
  const pageOf = (id: PageId): PageState => {
    const known = pages.get(id);
    if (known) return known;
    const page = newPage(id);
    pages.set(id, page);
    model.pages.push(page.model);
    return page;
  };
  return {
    model,
    apply(id, events) {
      const page = pageOf(id);
      const before = page.lanes.length;
      for (const event of events) {
        if (event.seq <= page.lastSeq) continue;
        page.lastSeq = event.seq;
        model.from = Math.min(model.from, event.t);
        model.to = Math.max(model.to, event.t);
        page.model.lastSeen = Math.max(page.model.lastSeen, event.t);
        page.applied++;
        giveUpUnfollowed(page, event.t);
        model.messages += applyEvent(page, event);
        if (event.kind === "dropped") model.dropped += event.count;
        if (event.kind === "message" && event.truncated) model.cut++;
      }
      for (const lane of page.lanes.slice(before)) model.hubs.push(lane.model);
      model.version++;
    },
  };
}

function newPage(id: PageId): PageState {
  return {
    model: {
      id,
      started: null,
      visibility: [],
      offline: [],
      longTasks: [],
      moves: [],
      hubs: [],
      faults: [],
      workers: [],
      legacy: [],
      dropped: 0,
      endedAt: null,
      unrecordedFrom: null,
      unrecordedBecause: null,
      lastSeen: 0,
    },
    lanes: [],
    byHub: new Map(),
    byUrl: new Map(),
    found: new Map(),
    transports: new Map(),
    requests: new Map(),
    faults: new Map(),
    redirects: [],
    unfollowed: [],
    byConnectionId: new Map(),
    byRequest: new Map(),
    applied: 0,
    lastSeq: -1,
    interruptions: 0,
    failedStarts: 0,
  };
}

/** @returns how many hub messages the event contains */
function applyEvent(page: PageState, event: RecordedEvent): number {
  switch (event.kind) {
    case "message":
      return onMessage(page, event);
    case "counts":
      return onCounts(page, event);
    case "page":
      onPage(page, event);
      return 0;
    case "recording-ended":
      onRecordingEnded(page, event);
      return 0;
    case "visibility":
      onVisibility(page, event);
      return 0;
    case "lifecycle":
      onLifecycle(page, event);
      return 0;
    case "online":
      onOnline(page, event);
      return 0;
    case "long-task":
      onLongTask(page, event);
      return 0;
    case "negotiate":
      onNegotiate(page, event);
      return 0;
    case "negotiate-ended":
      onNegotiateEnded(page, event);
      return 0;
    case "socket":
      onSocket(page, event);
      return 0;
    case "socket-opened":
      onSocketOpened(page, event);
      return 0;
    case "socket-closing":
      onSocketClosing(page, event);
      return 0;
    case "socket-closed":
      onSocketClosed(page, event);
      return 0;
    case "transport-request":
      onTransportRequest(page, event);
      return 0;
    case "upgrade":
      onUpgrade(page, event);
      return 0;
    case "worker-connection":
      onWorkerConnection(page, event);
      return 0;
    case "legacy":
      onLegacy(page, event);
      return 0;
    case "handshake":
      onHandshake(page, event);
      return 0;
    case "hub":
      onHub(page, event);
      return 0;
    case "hub-state":
      onHubState(page, event);
      return 0;
    case "hub-lost":
      onHubLost(page, event);
      return 0;
    case "retry":
      onRetry(page, event);
      return 0;
    case "fault":
      onFault(page, event);
      return 0;
    case "fault-ended":
      onFaultEnded(page, event);
      return 0;
    case "dropped":
      page.model.dropped += event.count;
      return 0;
  }
}
