/** Connects the parts of the hook. */
import type { RecordingEnded } from "../../extension/core/events/events.ts";
import type { HubId } from "../../extension/core/ids.ts";
import type { FaultAnswer, RecordMode, RelayToHook } from "../../extension/messages/hook-relay.ts";
import { looksLikeNegotiate } from "../../extension/core/protocol/negotiate.ts";
import type { Interpreter } from "../sentinel/interpreter.ts";
import type { RawWebSocket } from "../sentinel/websocket.ts";
import type { Probe } from "../sentinel/probe.ts";
import { apply, guarded, onGuardedError, pageAtSign, promiseThen } from "../sentinel/shared-with-hook.ts";
import type { Channel } from "./record/channel.ts";
import { hookBeacon } from "./patch/beacon.ts";
import { hookEventSource } from "./patch/event-source.ts";
import { hookFetch } from "./patch/fetch.ts";
import { forgetFlights, writeOpenCounts } from "./record/flight-recorder.ts";
import type { HttpRequest, HttpWatch, Outcome } from "./transport/http-request.ts";
import { createHubList } from "./client/hub-list.ts";
import { watchUncaught } from "./client/uncaught.ts";
import { watchHub } from "./client/hub-watch.ts";
import { createLegacy } from "./page/legacy.ts";
import {
  createTransportConnections,
  tokenIn,
  type TransportConnection,
} from "./transport/transport-connection.ts";
import { watchReconnectUi } from "./page/blazor.ts";
import { createNetwork } from "./page/network-notes.ts";
import { createNegotiates } from "./transport/negotiates.ts";
import { describePage, recordPageEvent, watchLongTasks, watchRewriting } from "./page/page-life.ts";
import { createRecorder } from "./record/recorder.ts";
import type { CreateDoctor, DoctorHooks } from "./transport/doctor-hooks.ts";
import type { CreateFaults, FaultHooks, ToolScript } from "./transport/fault-hooks.ts";
import { sharedWithTools } from "./shared-list.ts";
import { createSockets } from "./transport/websocket-connections.ts";
import { createTransports } from "./transport/http-connections.ts";
import { hookWebSocket } from "./patch/websocket.ts";
import { hookXhr } from "./patch/xhr.ts";

const YES: FaultAnswer = { ok: true, fault: 0 };
const NO: FaultAnswer = { ok: false, error: "" };
const KEPT_OUT: FaultAnswer = {
  ok: false,
  error: "This page kept our script out. Does it freeze Object.prototype? Then Hubscope can only watch it.",
};

const NOT_RECORDED: FaultAnswer = {
  ok: false,
  error: "This page is not recorded. Switch recording on first: what happens would be nowhere.",
};

export interface Hook {
  readonly interpreter: Interpreter;
  /** The extension points for faults. */
  readonly faultHooks: FaultHooks;
  readonly doctorHooks: DoctorHooks;
}

/**
 * @param channel takes the recorded events and gives commands: the extension's relay, or a replacement for it
 * @param probe the client probe, which the sentinel has installed
 */
export function startHook(channel: Channel, probe: Probe): Hook {
  let leaving = false;
  const recorder = createRecorder({
    send(events, length) {
      if (leaving) channel.sendNow(events);
      else channel.send(events, length);
    },
    idle: () => channel.idle,
  });
  onGuardedError((count) => {
    recorder.dropped(count);
  });
  let lookAtUi: (() => void) | undefined;
  recorder.lookAtBlazor = () => {
    if (!lookAtUi)
      hookBeacon(() => {
        recorder.record({ kind: "circuit-left" });
        // Blazor's own pagehide listener sends it, after ours.
        leave();
      });
    (lookAtUi ??= watchReconnectUi(recorder))();
  };
  const hubs = createHubList();
  let lastHub: HubId = 0;
  const hold = (): Promise<void> | undefined => faultHooks.holding;
  const negotiates = createNegotiates(recorder, {
    beforeStart: probe.settle,
    tokenKnown: () => {
      sockets.recheck();
    },
    rule: (url, request) => faultHooks.faults?.negotiate(url, request),
    hold,
  });
  const connections = createTransportConnections({
    added(connection) {
      faultHooks.faults?.began(connection);
    },
    removed(connection) {
      faultHooks.faults?.ended(connection);
    },
  });
  const faultHooks: FaultHooks = {
    recorder,
    connections,
    requestOf: (url) => negotiates.requestOf(tokenIn(url) ?? ""),
    holding: undefined,
    faults: undefined,
  };
  /** Also of a hub that was never reached, if the probe has found it. */
  const knows = (url: string): boolean => connections.knows(url) || hubs.knows(url);
  const sockets = createSockets(recorder, negotiates, connections, knows);
  const transports = createTransports(connections, negotiates.requestOf, {
    recorder,
    hold,
    rule: (connection, request) => faultHooks.faults?.request(connection as TransportConnection, request),
    beforeStart: probe.settle,
    ended: connections.remove,
  });
  const legacy = createLegacy(recorder);
  const network = createNetwork(recorder, transports.idOf);
  const doctorHooks: DoctorHooks = {
    recorder,
    connections,
    hubs: hubs.live,
    doctor: undefined,
    own(url) {
      network.own(url, 0);
    },
  };
  const sees = (request: HttpRequest): HttpWatch | undefined => {
    if (!looksLikeNegotiate(request.url)) return transports.sees(request);
    if (request.method === "POST") {
      const watch = negotiates.sees(request);
      const id = negotiates.newest;
      const sent = (): void => {
        network.own(new URL(request.url, document.baseURI).href, id);
      };
      if (!watch.before) sent();
      else
        void apply(promiseThen, watch.before, [
          (outcome: Outcome) => {
            if (outcome === undefined) sent();
          },
        ]);
      return watch;
    }
    legacy.negotiate(request.url);
    return undefined;
  };

  const fetches = hookFetch(sees);
  const xhrs = hookXhr({ cares: (url) => looksLikeNegotiate(url) || transports.knows(url), sees });
  const sources = hookEventSource({
    opened(source, url, raw) {
      legacy.connect(url);
      return transports.source(source, url, raw);
    },
    refuse: (url, newTarget) => faultHooks.faults?.connect("ServerSentEvents", url, newTarget),
  });
  const opened = (socket: WebSocket, url: string, raw?: RawWebSocket): void => {
    probe.settle();
    legacy.connect(url);
    network.own(url, 0, sockets.add(socket, url, raw).id);
  };

  /** A request that was never sent isn't known yet, except by its negotiate or its hub. */
  const isOurs = (url: string): boolean =>
    !doctorHooks.doctor?.trying &&
    (looksLikeNegotiate(url) || knows(url) || negotiates.requestOf(tokenIn(url) ?? "") !== undefined);

  let midway = false;
  let watched = false;
  /** Happenings that were lost before anything was recorded. */
  let lostEarly = 0;
  let page = pageAtSign();
  recorder.onBegin(() => {
    recorder.record(describePage(recorder.mode.probe && probe.present(), midway, page));
    if (lostEarly > 0) recorder.dropped(lostEarly);
    lostEarly = 0;
    if (watched) return;
    watched = true;
    guarded(() => {
      watchRewriting();
      watchLongTasks(recorder);
      watchUncaught(hubs.blame);
    });
  });
  const interpreter: Interpreter = {
    socket(raw) {
      opened(raw.socket, raw.url, raw);
    },
    source: sources.adopt,
    hub(raw) {
      const { record, probe: probed } = recorder.mode;
      if (record && probed) hubs.add(raw.hub, watchHub(raw, ++lastHub, recorder, negotiates.idToRecord));
      else raw.release();
    },
    fetchBegan: fetches.adopt,
    fetched: fetches.answered,
    fetchFailed: fetches.failed,
    xhrSent: xhrs.adopt,
    xhrEnded: xhrs.ended,
    page(event, now) {
      page = now;
      if (watched) recordPageEvent(recorder, event, now, leave, isOurs);
    },
    live(lost) {
      if (recorder.active) recorder.dropped(lost);
      else lostEarly = lost;
      fetches.live();
      xhrs.live();
      sources.live();
      hookWebSocket({
        opened,
        threw: sockets.threw,
        connectionOf: sockets.connectionOf,
        refuse: (url, newTarget) => faultHooks.faults?.connect("WebSockets", url, newTarget),
      });
      channel.onMessage(handle);
    },
  };
  return { interpreter, faultHooks, doctorHooks };

  function leave(): void {
    writeOpenCounts();
    leaving = true;
    recorder.flush();
    leaving = false;
  }

  function handle(message: RelayToHook): void {
    switch (message.type) {
      case "got":
      case "gone":
        return; // handled by the channel
      case "mode":
        switchTo(message.mode);
        return;
      case "start-over":
        if (!recorder.mode.record) return;
        endRecording("too-large");
        guarded(beginMidway);
        return;
      case "network":
        if (message.call === undefined) network.hear(message.note);
        else answer(message.call, network.owns(message.note) ? YES : NO);
        return;
      case "noticed":
        if (recorder.active) recorder.record(message.event);
        return;
      case "expect": {
        const isDoctor = message.tool === "doctor";
        const known = isDoctor ? doctorHooks.doctor : faultHooks.faults;
        if (!known)
          probe.expectScript((script) => {
            (script as ToolScript<CreateFaults & CreateDoctor>)(sharedWithTools, (create) => {
              if (isDoctor) doctorHooks.doctor = create(doctorHooks);
              else faultHooks.faults = create(faultHooks);
            });
          });
        answer(message.call, known ? NO : YES);
        return;
      }
      case "lease":
        faultHooks.faults?.renew(message.duration);
        doctorHooks.doctor?.renew(message.duration);
        return;
      case "doctor":
        answer(
          message.call,
          recorder.mode.record ? (doctorHooks.doctor?.start(message.order) ?? KEPT_OUT) : NOT_RECORDED,
        );
        return;
      case "end-doctor":
        answer(message.call, doctorHooks.doctor?.end("cancelled") ?? YES);
        return;
      case "inject":
        answer(
          message.call,
          recorder.mode.record ? (faultHooks.faults?.inject(message.command) ?? KEPT_OUT) : NOT_RECORDED,
        );
        return;
      case "end-fault":
        if (message.why === "panel-closed") doctorHooks.doctor?.end(message.why);
        answer(message.call, faultHooks.faults?.end(message.fault, message.why) ?? YES);
        return;
    }
  }

  /**
   * Within one recording the client probe is always on or always off, and there are no gaps. So switching the probe or
   * recording ends a recording, and the next one begins with everything that is open by then. Nothing is kept while recording
   * is off.
   */
  function switchTo(mode: RecordMode): void {
    recorder.postponed.readAll();
    const { record, probe: probed } = recorder.mode;
    // Before the first mode arrives the hook records everything; the relay removes what isn't wanted.
    const isOther = mode.record && recorder.settled && (!record || mode.probe !== probed);
    if (record && (isOther || !mode.record)) endRecording(mode.record ? "probe-switched" : "switched-off");
    // While recording is off, no time is spent on payloads.
    recorder.mode = mode.record ? mode : { ...mode, payloads: false };
    recorder.settled = true;
    const wanted = mode.probe && mode.record;
    probe.enable(wanted);
    if (!wanted) hubs.release();
    if (isOther) guarded(beginMidway);
  }

  function endRecording(reason: RecordingEnded["reason"]): void {
    // A fault that is in no recording would be mistaken for a real problem.
    faultHooks.faults?.end("all", "undone");
    doctorHooks.doctor?.end("cancelled");
    writeOpenCounts();
    recorder.end(reason);
  }

  function beginMidway(): void {
    midway = true;
    forgetFlights();
    if (recorder.active) recorder.begin();
    if (recorder.mode.probe) hubs.resume();
    for (const { url, log: log } of connections.live())
      log.announce(negotiates.connectionIdOf(tokenIn(url) ?? ""));
  }

  /** The events are sent first: the fault has to be in the recording when the answer arrives. */
  function answer(call: number, given: FaultAnswer): void {
    recorder.flush();
    channel.reply({ type: "reply", call, answer: given });
  }
}
