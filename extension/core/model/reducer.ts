/**
 * The pure reduction from events to the model. `apply` may be called with one event or with a million: the model is changed in
 * place and is always the same as after reducing all events from scratch. The time is linear in the number of events.
 */
import { packEvents, type EventBlock } from "../columns/event-block.ts";
import { isMessageHead } from "../columns/event-heads.ts";
import { EventTable } from "../columns/event-table.ts";
import { isDoctorEvent } from "../events/doctor-events.ts";
import type { RecordedEvent } from "../events/events.ts";
import { firstIndex } from "../first-index.ts";
import { MessageNotes } from "./message-rows.ts";
import { onAppMistake, onCallSite } from "./app-code.ts";
import { onBrowserEvent } from "./browser-evidence.ts";
import { onCircuit, onCircuitError, onCircuitLeft, onReconnectUi } from "./circuits.ts";
import { onHubLost, onHubState, onRetry } from "./client-events.ts";
import { onDoctor } from "./doctor-events.ts";
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
  apply(page: PageId, events: readonly RecordedEvent[] | EventBlock): void;
  readonly model: RecordingModel;
}

/** Creates an empty model and the function that adds events. Causes are not part of the model: see `core/diagnosis`. */
export function createReducer(): Reducer {
  const pages = new Map<PageId, PageState>();
  const events = new EventTable();
  const notes = new MessageNotes();
  const model: Writable<RecordingModel> = {
    pages: [],
    hubs: [],
    from: Infinity,
    to: 0,
    messages: 0,
    dropped: 0,
    cut: 0,
    version: 0,
    events,
    notes,
  };
  const pageOf = (id: PageId): PageState => {
    const known = pages.get(id);
    if (known) return known;
    const page = newPage(id, events, notes);
    pages.set(id, page);
    model.pages.push(page.model);
    return page;
  };
  return {
    model,
    apply(id, given) {
      const page = pageOf(id);
      const before = page.lanes.length;
      const block = "heads" in given ? given : packEvents(given).block;
      const known = firstIndex(block.length, (index) => (block.seq[index] ?? 0) <= page.lastSeq);
      for (let row = events.add(id, block, known); row < events.length; row++) {
        const head = events.headOf(row);
        const t = events.timeOf(row);
        page.lastSeq = events.seqOf(row);
        model.from = Math.min(model.from, t);
        model.to = Math.max(model.to, t);
        page.model.lastSeen = Math.max(page.model.lastSeen, t);
        page.applied++;
        // A recording must say the same when it is read as it did live, where time passes without events.
        if (head.kind !== "still-open") giveUpUnfollowed(page, t);
        if (isMessageHead(head)) {
          const message = { head, t, size: events.sizeOf(row), invocationId: events.callIdOf(row) };
          model.messages += onMessage(page, message, row);
          if (head.truncated && events.payloadSizeOf(row) > 0) model.cut++;
        } else {
          model.messages += applyEvent(page, events.eventOf(row));
          if (head.kind === "dropped") model.dropped += head.count;
        }
      }
      for (const lane of page.lanes.slice(before)) model.hubs.push(lane.model);
      model.version++;
    },
  };
}

function newPage(id: PageId, events: EventTable, notes: MessageNotes): PageState {
  return {
    events,
    notes,
    model: {
      id,
      started: null,
      visibility: [],
      offline: [],
      longTasks: [],
      moves: [],
      hubs: [],
      faults: [],
      doctorRuns: [],
      workers: [],
      legacy: [],
      clockJumps: [],
      networkTypes: [],
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
    doctorRuns: new Map(),
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
  if (isDoctorEvent(event)) {
    onDoctor(page, event);
    return 0;
  }
  switch (event.kind) {
    case "message":
      return 0; // See apply().
    case "counts":
      return onCounts(page, event);
    case "page":
      onPage(page, event);
      return 0;
    case "still-open":
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
    case "negotiate-timing":
    case "refresh":
    case "request-seen":
    case "policy-violation":
    case "clock-jump":
    case "network-type":
      onBrowserEvent(page, event);
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
    case "circuit":
      onCircuit(page, event);
      return 0;
    case "circuit-error":
      onCircuitError(page, event);
      return 0;
    case "reconnect-ui":
      onReconnectUi(page, event);
      return 0;
    case "circuit-left":
      onCircuitLeft(page, event);
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
    case "app-mistake":
      onAppMistake(page, event);
      return 0;
    case "call-site":
      onCallSite(page, event);
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
