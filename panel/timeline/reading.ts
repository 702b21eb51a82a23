/** Describes what is under the pointer. Pure; used by the tooltip, the live region and double-click. */
import { verdictOf } from "../../extension/core/diagnosis/diagnose.ts";
import { KNOWN_FROM } from "../../extension/core/diagnosis/titles.ts";
import { waitOf } from "../../extension/core/diagnosis/retry-after.ts";
import { downtimesOf } from "../../extension/core/model/downtimes-of.ts";
import type {
  AttemptModel,
  Downtime,
  HubConnectionModel,
  PageModel,
  TransportModel,
} from "../../extension/core/model/types.ts";
import { visibleText } from "../../extension/core/text/visible-text.ts";
import type { Flag } from "../state/flagged.ts";
import { attemptSteps, failedTransports } from "../../extension/wording/attempt-steps.ts";
import { counted, duration, shortId } from "../../extension/core/text/format.ts";
import { attemptWords, CAUSE_WORD } from "../../extension/wording/labels.ts";
import { fellBack, spanWord } from "../../extension/wording/words.ts";
import { faultWords } from "./draw-faults.ts";
import { endShort, isSameId, transportName } from "../../extension/wording/transport-name.ts";
import { SERVER_TIMEOUT } from "../../extension/core/protocol/defaults.ts";
import type { HubIndex } from "./hub-index.ts";
import type { LaneKind } from "./layout.ts";
import { near, REACH, type Ranged } from "./near.ts";
import { silenceAt } from "./peaks.ts";
import type { Scale } from "../state/time-scale.ts";

export interface Reading {
  readonly title: string;
  readonly text: string;
  /** The item's time span, for double-click. */
  readonly from?: number;
  readonly until?: number;
  readonly downtime?: Downtime;
  /** Key of the finding whose flag it is. */
  readonly finding?: string;
  /** Of the connection doctor. */
  readonly doctorRunKey?: string;
}

/** The flag under the pointer: its pennant is on the left of its pole. */
export function readFlag(flags: readonly Flag[], x: number, scale: Scale): Reading | null {
  const near = flags.filter(({ t }) => x >= scale.x(t) - 8 && x <= scale.x(t) + 2);
  const flag = near.at(-1);
  if (!flag) return null;
  const others = near.filter(({ finding }) => finding !== flag.finding).length;
  return {
    title: visibleText(flag.text),
    text: others > 0 ? `finding, and ${counted(others, "other")}` : "finding",
    finding: flag.finding,
  };
}

export function readPage(
  page: PageModel,
  t: number,
  scale: Scale,
  now: number,
  lower: boolean,
): Reading | null {
  const reach = scale.t(REACH) - scale.from;
  const task = page.longTasks.find((one) => t >= one.from - reach && t <= one.from + one.duration + reach);
  if (lower) {
    const offline = near(page.offline, t, reach, now);
    if (offline)
      return {
        title: `Offline ${length(offline, now)}`,
        text: offline.fault === null ? "reported by page" : "injected by Hubscope",
        ...ends(offline, now),
      };
    if (task)
      return {
        title: `Long task, ${duration(task.duration)}`,
        text: "the main thread was blocked",
        from: task.from,
        until: task.from + task.duration,
      };
  }
  const fault = near(
    page.faults.filter((one) => one.hubKey === null),
    t,
    reach,
    now,
  );
  const span = near(page.visibility, t, reach, now);
  if (!span) return null;
  const word = { visible: "Visible", hidden: "Hidden", frozen: "Frozen" }[span.state];
  const why = fault
    ? `${faultWords(fault, now)[0] ?? ""}, injected by Hubscope`
    : span.fault === null
      ? "reported by page"
      : "injected by Hubscope";
  return { title: `${word} ${length(span, now)}`, text: why, ...ends(span, now) };
}

const length = (span: Ranged, now: number): string => duration((span.until ?? now) - span.from);
const ends = (span: Ranged, now: number): { from: number; until: number } => ({
  from: span.from,
  until: span.until ?? now,
});

export function readLane(
  kind: LaneKind,
  hub: HubConnectionModel,
  page: PageModel | null,
  index: HubIndex,
  t: number,
  scale: Scale,
  now: number,
): Reading | null {
  const reach = scale.t(REACH) - scale.from;
  const fault = near(
    (page?.faults ?? []).filter((one) => one.hubKey === hub.key),
    t,
    reach,
    now,
  );
  const reading = readMarks(kind, hub, index, t, reach, now);
  if (fault && (kind === "attempts" || !reading))
    return { title: faultWords(fault, now)[0] ?? "", text: "injected by Hubscope", ...ends(fault, now) };
  return reading;
}

function readMarks(
  kind: LaneKind,
  hub: HubConnectionModel,
  index: HubIndex,
  t: number,
  reach: number,
  now: number,
): Reading | null {
  const downtime = near(downtimesOf(hub), t, reach, now);
  const own = downtime ? { downtime } : {};
  switch (kind) {
    case "state": {
      const span = near(hub.states, t, reach, now);
      if (!span) return null;
      const cause =
        downtime && span.state !== "connected" ? `${CAUSE_WORD[verdictOf(downtime).cause]} · ` : "";
      return {
        title: `${spanWord(hub.states, hub.states.indexOf(span))} ${length(span, now)}`,
        text: cause + KNOWN_FROM[span.knowledge],
        ...ends(span, now),
        ...(span.state === "connected" ? {} : own),
      };
    }
    case "attempts": {
      const spans = hub.attempts.map((attempt) => ({ attempt, from: attempt.from, until: attempt.endedAt }));
      const attempt = near(spans, t, reach, now)?.attempt;
      if (!attempt) return null;
      if (attempt.origin === "start" && attempt.outcome.kind === "connected" && !fellBack(attempt))
        return null;
      const { tag, text } = attemptWords(attempt.outcome);
      const planned = attempt.planned === null ? "" : `, planned after ${duration(attempt.planned)}`;
      const actual =
        attempt.startedAt === null
          ? "not started"
          : `began after ${duration(attempt.startedAt - attempt.from)}`;
      const kept =
        attempt.origin === "resume" && hub.stateful
          ? `, the server keeps it for ${duration(hub.stateful.window)}`
          : "";
      const name =
        attempt.origin === "resume"
          ? "Resume"
          : `${attempt.origin === "start" ? "Start" : "Attempt"} ${attempt.number}`;
      return {
        title: `${name}: ${tag ? `${tag}, ` : ""}${text}`,
        text:
          (fellBack(attempt) ? [...triedWords(attempt, hub), actual] : [actual]).join(", ") + planned + kept,
        from: attempt.from,
        until: attempt.endedAt ?? now,
        ...own,
      };
    }
    case "socket":
      return readSocket(hub, t, reach, now);
    case "messages":
      return readMessages(index, t, reach);
    case "pings":
      return readSilence(hub, index, t, now);
  }
}

/** "WebSocket 502", "Server-Sent Events failed": the transports that failed in an attempt. */
const triedWords = (attempt: AttemptModel, hub: HubConnectionModel): string[] =>
  failedTransports(attemptSteps(attempt, hub)).map(({ name, tag }) => `${name} ${tag || "given up"}`);

function readSocket(hub: HubConnectionModel, t: number, reach: number, now: number): Reading | null {
  const requests = hub.requests.map((request) => ({
    request,
    from: request.started.t,
    until: request.ended?.t ?? null,
  }));
  const request = near(requests, t, reach, now);
  const transport = near(hub.transports, t, reach, now);
  if (request && (!transport || Math.abs(t - request.from) <= reach)) {
    const { ended } = request.request;
    const status =
      ended === null
        ? "no answer yet"
        : ended.redirectUrl !== undefined
          ? "redirected"
          : ended.status === null
            ? (ended.error ?? "no answer")
            : String(ended.status);
    const wait =
      ended?.retryAfter === undefined
        ? ""
        : `, Retry-After ${waitOf(ended.retryAfter)} ignored by the client`;
    return {
      title: `Negotiate: ${status}`,
      text: `took ${length(request, now)}${wait}`,
      ...ends(request, now),
    };
  }
  if (!transport) return null;
  return { ...transportWords(hub, transport, now), ...ends(transport, now) };
}

/** An orphaned socket overlaps another one: the shorter of the two is described. */
function transportWords(
  { transports }: HubConnectionModel,
  transport: TransportModel,
  now: number,
): { title: string; text: string } {
  const at = transports.indexOf(transport);
  const name = transportName(transports, at);
  const id = transport.connectionId === null ? "" : ` · id ${shortId(transport.connectionId)}`;
  if (transport.ghost)
    return {
      title: `${name}${id}`,
      text: "opened by the client with the old id, never used or closed",
    };
  const same = isSameId(transports, at) ? " · same id" : "";
  const how = transport.closed
    ? ` · closed ${endShort(transport)}${transport.closed.wasClean ? "" : ", not clean"}`
    : "";
  const refused =
    transport.upgrade && transport.upgrade.status !== 101
      ? ` · upgrade rejected${transport.upgrade.status === null ? "" : ` with ${transport.upgrade.status}`}`
      : "";
  const opened = transport.openedAt !== null || !transport.closed;
  return {
    title: `${name}${id}${same}`,
    text: `${opened ? "open for" : "did not open, tried for"} ${length(transport, now)}${how}${refused}`,
  };
}

function readMessages(index: HubIndex, t: number, reach: number): Reading | null {
  const missed = index.missed.find((loss) => t >= loss.from && t <= loss.until);
  const spanIn = index.countsIn.spanAt(t);
  const spanOut = index.countsOut.spanAt(t);
  const [from, until] = [t - reach, t + reach];
  const inbound = index.in.count(from, until);
  const outbound = index.out.count(from, until);
  const swallowed = index.swallowed.count(from, until);
  if (inbound + outbound + swallowed === 0 && (spanIn || spanOut)) {
    const span = (spanIn ?? spanOut) as { from: number; until: number; count: number };
    return {
      title: `${counted((spanIn?.count ?? 0) + (spanOut?.count ?? 0), "message")}, counted only`,
      text: "the panel was closed and the message rate high",
      from: span.from,
      until: span.until,
    };
  }
  if (inbound + outbound + swallowed === 0) {
    if (!missed) return null;
    const what =
      missed.messages === null
        ? "No messages received"
        : `About ${counted(missed.messages, "message")} missed`;
    return {
      title: what,
      text: "estimate: message rate of the minute before, times the time without a connection",
      from: missed.from,
      until: missed.until,
    };
  }
  const parts = [
    inbound > 0 && `${inbound} in`,
    outbound > 0 && `${outbound} out`,
    swallowed > 0 && `${swallowed} swallowed`,
  ].filter(Boolean);
  return { title: parts.join(", "), text: `within ${duration(until - from)}`, from, until };
}

function readSilence(hub: HubConnectionModel, index: HubIndex, t: number, now: number): Reading | null {
  const open = hub.transports.find(
    (one) => one.handshakeAt !== null && t >= one.handshakeAt && t <= (one.until ?? now),
  );
  if (!open?.handshakeAt) return null;
  const since = Math.min(silenceAt(index.received, t), t - open.handshakeAt);
  const timeout = hub.serverTimeout ?? SERVER_TIMEOUT;
  const known = hub.serverTimeout === null ? "the client's default" : "reported by client";
  const left = timeout - since;
  const text =
    left >= 0
      ? `server timeout in ${duration(left)} · ${known}`
      : `${duration(-left)} past the server timeout · ${known}`;
  return { title: `No message for ${duration(since)}`, text, from: t - since, until: t };
}
