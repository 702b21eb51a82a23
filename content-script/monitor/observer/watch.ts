/** Puts the hook's rooms together for a monitor: the same connections, negotiates and clients, without faults, payloads and what only a panel shows. */
import type { HubId } from "../../../extension/core/ids.ts";
import { looksLikeNegotiate } from "../../../extension/core/protocol/negotiate.ts";
import { createHubList } from "../../hook/client/hub-list.ts";
import { watchHub } from "../../hook/client/hub-watch.ts";
import { recordPageEvent, watchRewriting } from "../../hook/page/page-life.ts";
import { hookEventSource } from "../../hook/patch/event-source.ts";
import { hookFetch } from "../../hook/patch/fetch.ts";
import { hookWebSocket } from "../../hook/patch/websocket.ts";
import { hookXhr } from "../../hook/patch/xhr.ts";
import { createTransports } from "../../hook/transport/http-connections.ts";
import type { HttpRequest, HttpWatch } from "../../hook/transport/http-request.ts";
import { createNegotiates } from "../../hook/transport/negotiates.ts";
import { createTransportConnections, tokenIn } from "../../hook/transport/transport-connection.ts";
import { createSockets } from "../../hook/transport/websocket-connections.ts";
import type { Interpreter, PageNow } from "../../sentinel/interpreter.ts";
import { pageAtSign } from "../../sentinel/page-events.ts";
import { guarded, onGuardedError } from "../../sentinel/platform/guard.ts";
import { eventType, now, timeOrigin } from "../../sentinel/platform/natives.ts";
import { startSentinel } from "../../sentinel/sentinel.ts";
import type { RawWebSocket } from "../../sentinel/websocket.ts";
import type { MonitorRecorder } from "./recorder.ts";

export interface Watch {
  /** Records the page and what is connected again: earlier events aren't needed any more. */
  startOver(): void;
  stop(): void;
}

export interface PageMoves {
  /** The page is left, or goes into the back-forward cache. */
  leaving(): void;
  /** It is back from there: called before that is recorded. */
  back(): void;
  /** The tab is hidden, or frozen: it may never be seen again. */
  hidden(): void;
}

/** A shorter task can't be the cause of a loss. */
const LONG: number = 1_000;

export function watchConnections(recorder: MonitorRecorder, moves: PageMoves, findClients: boolean): Watch {
  let midway = false;
  let page: PageNow = pageAtSign();
  const { probe, takeOver } = startSentinel();
  probe.enable(findClients);
  onGuardedError(recorder.dropped);
  const nothing = (): undefined => undefined;
  const hubs = createHubList();
  let lastHub: HubId = 0;
  const negotiates = createNegotiates(recorder, {
    beforeStart: probe.settle,
    tokenKnown: () => {
      sockets.recheck();
    },
    rule: nothing,
    hold: nothing,
  });
  const connections = createTransportConnections({
    added: nothing,
    removed({ id }) {
      gone(id);
    },
  });
  const knows = (url: string): boolean => connections.knows(url) || hubs.knows(url);
  const sockets = createSockets(recorder, negotiates, connections, knows);
  const transports = createTransports(connections, negotiates.requestOf, {
    recorder,
    hold: nothing,
    rule: nothing,
    beforeStart: probe.settle,
    ended: connections.remove,
  });
  const sees = (request: HttpRequest): HttpWatch | undefined => {
    if (!looksLikeNegotiate(request.url)) return transports.sees(request);
    return request.method === "POST" ? negotiates.sees(request) : undefined;
  };
  const fetches = hookFetch(sees);
  const xhrs = hookXhr({ cares: (url) => looksLikeNegotiate(url) || transports.knows(url), sees });
  const sources = hookEventSource({ opened: transports.source, refuse: nothing });
  const opened = (socket: WebSocket, url: string, raw?: RawWebSocket): void => {
    probe.settle();
    sockets.add(socket, url, raw);
  };
  const isOurs = (url: string): boolean =>
    looksLikeNegotiate(url) || knows(url) || negotiates.requestOf(tokenIn(url) ?? "") !== undefined;

  let watched = false;
  recorder.onBegin(() => {
    recorder.record({
      kind: "page",
      url: location.origin + location.pathname,
      userAgent: navigator.userAgent,
      openedAt: timeOrigin,
      top: window === window.top,
      ...page,
      wasDiscarded: (document as { wasDiscarded?: boolean }).wasDiscarded === true,
      navigation: "unknown",
      probe: findClients && probe.present(),
      ...(midway ? { midway } : {}),
    });
    if (watched) return;
    watched = true;
    guarded(watchRewriting);
    guarded(() => {
      watchLongTasks(recorder);
    });
  });

  const interpreter: Interpreter = {
    socket(raw) {
      opened(raw.socket, raw.url, raw);
    },
    source: sources.adopt,
    hub(raw) {
      if (recorder.mode.record) hubs.add(raw.hub, watchHub(raw, ++lastHub, recorder, negotiates.idToRecord));
      else raw.release();
    },
    fetchBegan: fetches.adopt,
    fetched: fetches.answered,
    fetchFailed: fetches.failed,
    xhrSent: xhrs.adopt,
    xhrEnded: xhrs.ended,
    page(event, at) {
      page = at;
      if (!watched || !recorder.mode.record) return;
      const type = eventType(event);
      if (type === "pageshow" && (event as PageTransitionEvent).persisted) moves.back();
      recordPageEvent(recorder, event, at, type === "pagehide" ? moves.leaving : moves.hidden, isOurs);
      if (type === "visibilitychange" && !at.visible) moves.hidden();
    },
    live() {
      fetches.live();
      xhrs.live();
      sources.live();
      hookWebSocket({
        opened,
        threw: sockets.threw,
        connectionOf: sockets.connectionOf,
        refuse: nothing,
      });
    },
  };
  takeOver(() => interpreter);
  return {
    startOver() {
      midway = true;
      recorder.end("too-large");
      recorder.begin();
      hubs.resume();
      for (const { url, log } of connections.live())
        log.announce(negotiates.connectionIdOf(tokenIn(url) ?? ""));
    },
    stop() {
      recorder.mode = { ...recorder.mode, record: false };
      probe.enable(false);
      hubs.release();
    },
  };

  function gone(id: number): void {
    // The verdict on its loss needs them, and is made later.
    if (recorder.noted.size > MOST_NOTED) recorder.noted.delete(recorder.noted.keys().next().value ?? id);
  }
}

/** Connections whose messages are remembered: a page may reconnect for days. */
const MOST_NOTED = 200;

/** Only Chromium reports long tasks. */
function watchLongTasks(recorder: MonitorRecorder): void {
  if (!PerformanceObserver.supportedEntryTypes.includes("longtask")) return;
  const seenFrom = now();
  new PerformanceObserver((list) => {
    guarded(() => {
      for (const { startTime, duration } of list.getEntries())
        if (duration >= LONG && timeOrigin + startTime >= seenFrom)
          recorder.record({ kind: "long-task", t: timeOrigin + startTime, duration });
    });
  }).observe({ type: "longtask", buffered: true });
}
