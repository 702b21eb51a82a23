/** The text of a row for an event that isn't a message. Pure. */
import { clientFramesWords, stackFrames } from "./stack-frames.ts";
import { isDoctorEvent } from "../core/events/doctor-events.ts";
import type { PageStarted, RecordedEvent, SocketClosed } from "../core/events/events.ts";
import type { FaultTarget } from "../core/faults/fault-details.ts";
import type { SocketId } from "../core/ids.ts";
import type { HubConnectionModel } from "../core/model/types.ts";
import { targetInWords } from "./target-words.ts";
import { FAULTS } from "../core/faults/outlines.ts";
import { RECORDING_END_WHY } from "./recording-end.ts";
import { bytes, counted, duration, shortId, whole } from "../core/text/format.ts";
import { IMPORTED_TITLE } from "./imported-from.ts";
import { mistakeRow } from "./mistake-words.ts";
import { browserWords } from "./browser-event-words.ts";
import { RECONNECT_UI } from "../core/diagnosis/circuit-steps.ts";
import { doctorWords } from "./doctor-words.ts";
import { circuitWords } from "./circuit-words.ts";
import { typeName } from "./labels.ts";
import { transportName } from "./transport-name.ts";

export interface EventWords {
  /** In the type column. */
  readonly kind: string;
  readonly title: string;
  readonly text: string;
  readonly tone?: "bad" | "warn" | "injected" | "good";
}

/** The hub connection that an event belongs to. null: none is known. */
type Hub = Pick<HubConnectionModel, "transports"> | null;

/** The same name as on the timeline. */
function connectionName(socket: SocketId, hub: Hub): string {
  const index = hub?.transports.findIndex((transport) => transport.socket === socket) ?? -1;
  return hub === null || index < 0 ? "Transport connection" : transportName(hub.transports, index);
}

const failed = (status: number | null): boolean => status === null || status >= 400;

function transportClosed(event: SocketClosed, hub: Hub): EventWords {
  const how = event.untold
    ? "how isn't told"
    : event.code !== null
      ? event.wasClean
        ? "clean"
        : "not clean"
      : statusWords(event.status);
  const why = event.reason || event.error;
  return {
    kind: "Transport",
    title: `${connectionName(event.socket, hub)} closed${event.code === null ? "" : ` ${event.code}`}`,
    text: `${how}${why ? `, “${why}”` : ""}${injected(event.fault)}`,
    ...(event.wasClean ? {} : { tone: event.fault === undefined ? ("bad" as const) : ("injected" as const) }),
  };
}

const statusWords = (status: number | null | undefined): string =>
  status === undefined ? "error" : status === null ? "no answer" : `HTTP ${status}`;

export function wordsFor(event: RecordedEvent, hub: Hub): EventWords {
  if (isDoctorEvent(event)) return doctorWords(event);
  switch (event.kind) {
    case "message":
      return { kind: typeName(event.type), title: event.target ?? "", text: event.payload ?? "" };
    case "counts":
      return countWords(event);
    case "page":
      return event.worker ? workerWords(event) : pageWords(event);
    case "recording-ended":
      return {
        kind: "Page",
        title: "Recording ended",
        text: `${RECORDING_END_WHY[event.reason]} · later events are not recorded`,
        tone: "warn",
      };
    case "still-open":
      return { kind: "Page", title: "Exported", text: "the page was still open" };
    case "visibility":
      return { kind: "Page", title: event.visible ? "Visible" : "Hidden", text: injected(event.fault) };
    case "lifecycle":
      return {
        kind: "Page",
        title: PHASES[event.phase],
        text: `${event.persisted ? "back/forward cache" : ""}${injected(event.fault)}`,
      };
    case "online":
      return {
        kind: "Page",
        title: event.online ? "Online" : "Offline",
        text: injected(event.fault),
        ...(event.online ? {} : { tone: "warn" as const }),
      };
    case "long-task":
      return { kind: "Page", title: `Long task, ${duration(event.duration)}`, text: "" };
    case "negotiate":
      return {
        kind: "Negotiate",
        title: "Negotiate",
        text: `${event.api} ${event.url}${event.clientVersion === undefined ? "" : ` · client ${event.clientVersion}`}`,
      };
    case "negotiate-ended":
      return negotiateEnded(event);
    case "negotiate-timing":
    case "refresh":
    case "request-seen":
    case "policy-violation":
    case "clock-jump":
    case "network-type":
      return browserWords(event);
    case "socket":
      return {
        kind: "Transport",
        title: `${connectionName(event.socket, hub)} ${event.already === undefined ? "connecting" : `was ${event.already} when the recording began`}`,
        text: event.url,
      };
    case "socket-opened":
      return { kind: "Transport", title: `${connectionName(event.socket, hub)} open`, text: "" };
    case "socket-closing":
      return {
        kind: "Transport",
        title: `${connectionName(event.socket, hub)} closing`,
        text: `close(${event.code ?? ""}) called by the page${event.duringMessage ? ", while handling a message" : ""}`,
      };
    case "socket-closed":
      return transportClosed(event, hub);
    case "transport-request":
      return {
        kind: "Transport",
        title: `${event.method} ${event.status ?? "failed"}`,
        text: `${connectionName(event.socket, hub)}, after ${duration(event.duration)}${event.error ? `: ${event.error}` : ""}${injected(event.fault)}`,
        ...(failed(event.status) ? { tone: "bad" as const } : {}),
      };
    case "upgrade":
      return {
        kind: "Transport",
        title: `Upgrade ${event.status ?? "failed"}`,
        text: `${connectionName(event.socket, hub)}, reported by network${event.error ? `: ${event.error}` : ""}`,
        ...(event.status === 101 ? {} : { tone: "bad" as const }),
      };
    case "worker-connection":
      return {
        kind: "Page",
        title: "Connection in a worker",
        text: `${event.url} · reported by network, not recorded`,
        tone: "warn",
      };
    case "legacy":
      return {
        kind: "Page",
        title: "ASP.NET SignalR 2.x",
        text: `${event.url} · not supported: different protocol`,
        tone: "warn",
      };
    case "handshake":
      return handshake(event);
    case "circuit":
      return circuitWords(event);
    case "circuit-error":
      return { kind: "Circuit", title: "Circuit ended by an exception", text: event.error, tone: "bad" };
    case "reconnect-ui":
      return { kind: "Circuit", title: `Reconnect UI: ${RECONNECT_UI[event.state]}`, text: "" };
    case "circuit-left":
      return {
        kind: "Circuit",
        title: "Disconnect beacon sent",
        text: "the page is left; the server ends the circuit",
      };
    case "hub":
      return {
        kind: "State",
        title: "HubConnection found",
        text: `${event.url} · server timeout ${duration(event.serverTimeout)}, keep-alive ${duration(event.keepAliveInterval)}`,
      };
    case "hub-state":
      return {
        kind: "State",
        title: `${event.from} → ${event.to}`,
        text: event.connectionId === undefined ? "" : `id ${shortId(event.connectionId)}`,
        ...(event.to === "Reconnecting"
          ? { tone: "warn" as const }
          : event.to === "Connected"
            ? { tone: "good" as const }
            : {}),
      };
    case "hub-lost":
      return { kind: "State", title: "Connection lost", text: event.error ?? "no error given", tone: "bad" };
    case "retry":
      return retry(event);
    case "app-mistake":
      return mistakeRow(event);
    case "call-site": {
      const { app, client } = stackFrames(event.stack);
      return {
        kind: "App",
        title: `${event.method}() called`,
        text: `${app.join(" ‹ ")}${client.length > 0 ? ` · ${clientFramesWords(client.length)}` : ""}`,
      };
    }
    case "fault":
      return {
        kind: "Fault",
        title: FAULTS[event.command.name].title,
        text: `${faultTarget(event.command.target, hub)}${event.until === undefined ? "" : `, for ${duration(event.until - event.t)}`}`,
        tone: "injected",
      };
    case "fault-ended":
      return {
        kind: "Fault",
        title: "Fault ended",
        text: `${event.reason}${event.detail === undefined ? "" : `: ${event.detail}`}`,
        tone: "injected",
      };
    case "dropped":
      return {
        kind: "Dropped",
        title: `${counted(event.count, "event")} not recorded`,
        text: `buffer full in the ${event.where}`,
        tone: "warn",
      };
  }
}

const faultTarget = (target: FaultTarget, hub: Hub): string =>
  target.scope === "connection" ? connectionName(target.socket, hub) : targetInWords(target);

const injected = (fault: number | undefined): string => (fault === undefined ? "" : " injected");

const PHASES = {
  freeze: "Frozen",
  resume: "Resumed",
  pagehide: "Page unloaded",
  pageshow: "Page restored",
} as const;

function countWords({ counts }: Extract<RecordedEvent, { kind: "counts" }>): EventWords {
  const sum = counts.reduce((total, part) => total + part.count, 0);
  const parts = counts.map(
    (part) => `${whole(part.count)} ${typeName(part.type)} ${part.direction}, ${bytes(part.bytes)}`,
  );
  return { kind: "Counted", title: `${counted(sum, "message")}, counted only`, text: parts.join(" · ") };
}

function negotiateEnded(event: Extract<RecordedEvent, { kind: "negotiate-ended" }>): EventWords {
  if (event.redirectUrl !== undefined)
    return { kind: "Negotiate", title: "Redirected", text: event.redirectUrl };
  if (event.connectionId !== undefined) {
    const facts = [
      `id ${shortId(event.connectionId)}`,
      event.transports?.join(", "),
      event.statefulReconnect ? "stateful reconnect" : "",
    ];
    return {
      kind: "Negotiate",
      title: `Negotiated ${event.status ?? ""}`,
      text: facts.filter(Boolean).join(" · "),
      tone: "good",
    };
  }
  const status = event.status === null ? "Negotiate failed" : `Negotiate rejected ${event.status}`;
  const wait = event.retryAfter === undefined ? "" : `, Retry-After ${event.retryAfter}`;
  return {
    kind: "Negotiate",
    title: status,
    text: `${event.error ?? event.statusText ?? ""}${wait}`,
    tone: "bad",
  };
}

function handshake(event: Extract<RecordedEvent, { kind: "handshake" }>): EventWords {
  if (event.error !== undefined)
    return { kind: "Handshake", title: "Handshake rejected", text: event.error, tone: "bad" };
  if (event.direction === "in") return { kind: "Handshake", title: "", text: "{}" };
  return {
    kind: "Handshake",
    title: "",
    text: JSON.stringify({ protocol: event.protocol, version: event.version }),
  };
}

function retry(event: Extract<RecordedEvent, { kind: "retry" }>): EventWords {
  const reason = event.threw === undefined ? (event.reason ?? "") : `the policy threw: ${event.threw}`;
  if (event.delay === null) return { kind: "Retry", title: "No further attempt", text: reason, tone: "bad" };
  return {
    kind: "Retry",
    title: `Attempt ${event.previousRetryCount + 1} in ${duration(event.delay)}`,
    text: reason,
  };
}

const pageWords = ({ midway, navigation, wasDiscarded, url, importedFrom }: PageStarted): EventWords => ({
  kind: "Page",
  title: importedFrom
    ? IMPORTED_TITLE[importedFrom]
    : midway
      ? "Recording started after page load"
      : "Page loaded",
  text: `${navigation}${wasDiscarded ? ", had been discarded" : ""} ${url}`,
});

const workerWords = ({ fromDevtools, worker, url }: PageStarted): EventWords => ({
  kind: "Worker",
  title: fromDevtools ? "Read from DevTools" : "SignalR in a worker",
  text: `${worker ?? ""} ${url}`,
});
