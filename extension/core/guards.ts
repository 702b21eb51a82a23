/**
 * Hand-written guards for what a page says: it is hostile until checked. Every field that the model relies on is looked at;
 * texts are bounded; what doesn't fit is left out and counted.
 */
import type { EventKind, RecordedEvent } from "./events.ts";
import { FAULTS } from "./faults/outlines.ts";

/** Longest text in any field but a payload. */
const LONGEST_TEXT = 20_000;
const LONGEST_PAYLOAD = 8 * 1024 * 1024;
const MOST_IN_BATCH = 100_000;

type Check = (value: unknown) => boolean;
const number: Check = (value) => typeof value === "number" && Number.isFinite(value);
/** A time that a timeline can show: this century, in milliseconds. Anything else would stretch it beyond use. */
const time: Check = (value) =>
  number(value) && (value as number) >= 946_684_800_000 && (value as number) <= 4_102_444_800_000;
const count: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const flag: Check = (value) => typeof value === "boolean";
const text: Check = (value) => typeof value === "string" && value.length <= LONGEST_TEXT;
const payload: Check = (value) => typeof value === "string" && value.length <= LONGEST_PAYLOAD;
const optional =
  (check: Check): Check =>
  (value) =>
    value === undefined || check(value);
const nullable =
  (check: Check): Check =>
  (value) =>
    value === null || check(value);
const oneOf =
  (...allowed: readonly unknown[]): Check =>
  (value) =>
    allowed.includes(value);
const list =
  (check: Check, most: number): Check =>
  (value) =>
    Array.isArray(value) && value.length <= most && value.every(check);

const direction = oneOf("in", "out");
const messageType: Check = (value) => count(value) && (value as number) <= 9;
const transport = oneOf("WebSockets", "ServerSentEvents", "LongPolling");
const hubState = oneOf("Disconnected", "Connecting", "Connected", "Disconnecting", "Reconnecting");
const fault = optional(count);
const messageCount: Check = (value) =>
  isObject(value) &&
  direction(value["direction"]) &&
  messageType(value["type"]) &&
  count(value["count"]) &&
  number(value["bytes"]);
/** One that no version has written yet is left out with its event. */
const faultName: Check = (value) => typeof value === "string" && Object.hasOwn(FAULTS, value);
const command: Check = (value) =>
  isObject(value) &&
  faultName(value["name"]) &&
  isObject(value["target"]) &&
  optional(number)(value["duration"]) &&
  optional(text)(value["error"]);

const FIELDS: Readonly<Record<EventKind, Readonly<Record<string, Check>>>> = {
  page: {
    url: text,
    userAgent: text,
    openedAt: time,
    top: flag,
    visible: flag,
    online: flag,
    wasDiscarded: flag,
    navigation: oneOf("navigate", "reload", "back_forward", "prerender", "unknown"),
    probe: flag,
  },
  visibility: { visible: flag, fault },
  lifecycle: { phase: oneOf("freeze", "resume", "pagehide", "pageshow"), persisted: flag, fault },
  online: { online: flag, fault },
  "long-task": { duration: number },
  negotiate: {
    request: count,
    url: text,
    api: oneOf("fetch", "xhr"),
    clientVersion: optional(text),
    askedStatefulReconnect: flag,
    tokenExpiresAt: optional(number),
  },
  "negotiate-ended": {
    request: count,
    status: nullable(count),
    statusText: optional(text),
    error: optional(text),
    negotiateVersion: optional(number),
    connectionId: optional(text),
    transports: optional(list(text, 20)),
    statefulReconnect: optional(flag),
    legacyVersion: optional(text),
    redirectUrl: optional(text),
    retryAfter: optional(text),
    fault,
  },
  socket: {
    socket: count,
    transport,
    url: text,
    request: optional(count),
    tokenExpiresAt: optional(number),
  },
  "socket-opened": { socket: count },
  "socket-closing": { socket: count, code: optional(number), reason: optional(text), duringMessage: flag },
  "socket-closed": {
    socket: count,
    code: nullable(number),
    reason: text,
    wasClean: flag,
    status: optional(nullable(count)),
    error: optional(text),
    fault,
  },
  "transport-request": {
    socket: count,
    method: oneOf("GET", "POST", "DELETE"),
    duration: number,
    status: nullable(count),
    error: optional(text),
    fault,
  },
  upgrade: { socket: count, status: nullable(count), error: optional(text), retryAfter: optional(text) },
  "worker-connection": { url: text, status: nullable(count) },
  legacy: { url: text, clientProtocol: optional(text) },
  handshake: {
    socket: count,
    direction,
    protocol: optional(text),
    version: optional(number),
    error: optional(text),
  },
  message: {
    socket: count,
    direction,
    type: messageType,
    size: count,
    target: optional(text),
    invocationId: optional(text),
    streamIds: optional(list(text, 1_000)),
    error: optional(text),
    allowReconnect: optional(flag),
    sequenceId: optional(number),
    problem: optional(text),
    problemAt: optional(count),
    payload: optional(payload),
    binary: optional(payload),
    truncated: optional(flag),
    fault,
    swallowed: optional(flag),
    counted: optional(flag),
  },
  counts: { socket: count, until: time, counts: list(messageCount, 40) },
  hub: { hub: count, url: text, serverTimeout: number, keepAliveInterval: number, hasReconnectPolicy: flag },
  "hub-state": {
    hub: count,
    from: hubState,
    to: hubState,
    connectionId: optional(text),
    serverTimeout: optional(number),
    keepAliveInterval: optional(number),
  },
  "hub-lost": { hub: count, error: optional(text) },
  retry: {
    hub: count,
    previousRetryCount: number,
    elapsed: number,
    reason: optional(text),
    delay: nullable(number),
    threw: optional(text),
  },
  fault: { fault: count, command, until: optional(time) },
  "fault-ended": {
    fault: count,
    reason: oneOf("completed", "undone", "panel-closed", "page-closed", "failed"),
    detail: optional(text),
  },
  dropped: { where: oneOf("hook", "relay", "store"), count },
};

const CHECKS = new Map<string, readonly (readonly [string, Check])[]>(
  Object.entries(FIELDS).map(([kind, fields]) => [kind, Object.entries(fields)]),
);

export function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** Whether `value` is an event that the model can take. Fields that no kind has are not looked at. */
export function isRecordedEvent(value: unknown): value is RecordedEvent {
  if (!isObject(value)) return false;
  const { kind, seq, t } = value;
  if (typeof kind !== "string" || !count(seq) || !time(t)) return false;
  const checks = CHECKS.get(kind);
  if (!checks) return false;
  for (const [name, check] of checks) if (!check(value[name])) return false;
  return true;
}

/**
 * The events of a batch that can be believed, in order of `seq`. For those that can't be stands a `dropped` event. The hook counts
 * `seq` without gaps, so a refused event leaves its number free, and the note takes that: any other may be the number of an
 * event that is still to come.
 */
export function checkEvents(value: unknown): RecordedEvent[] {
  if (!Array.isArray(value)) return [];
  const given = value as unknown[];
  const good: RecordedEvent[] = [];
  const bad: unknown[] = given.slice(MOST_IN_BATCH);
  for (const entry of given.slice(0, MOST_IN_BATCH)) {
    if (isRecordedEvent(entry)) good.push(entry);
    else bad.push(entry);
  }
  good.sort((a, b) => a.seq - b.seq);
  // Of two with one `seq` the first is believed; the hook never writes such.
  const events = good.filter(({ seq }, i) => seq !== good[i - 1]?.seq);
  const note = noteOf(bad, given.length - events.length, events);
  if (!note) return events;
  const at = events.findIndex(({ seq }) => seq > note.seq);
  events.splice(at < 0 ? events.length : at, 0, note);
  return events;
}

/** Says how many were refused; undefined when nothing was, or when no number is free for it. */
function noteOf(
  bad: readonly unknown[],
  refused: number,
  events: readonly RecordedEvent[],
): RecordedEvent | undefined {
  if (refused === 0) return undefined;
  const taken = new Set(events.map(({ seq }) => seq));
  const stamps = bad.flatMap((entry) => (isObject(entry) ? [entry] : []));
  const own = stamps.find(({ seq }) => count(seq) && !taken.has(seq as number));
  const gap = events.find(({ seq }, i) => i < events.length - 1 && !taken.has(seq + 1));
  const seq = (own?.["seq"] as number | undefined) ?? (gap && gap.seq + 1);
  const t = events.at(-1)?.t ?? (stamps.find((stamp) => time(stamp["t"]))?.["t"] as number | undefined);
  if (seq === undefined || t === undefined) return undefined;
  return { kind: "dropped", where: "relay", count: refused, seq, t };
}
