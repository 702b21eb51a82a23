/**
 * One table with the fields of every kind of event: their types and limits. Guards remove all fields that aren't in the table.
 * The compiler checks it against the types of the events.
 */
import { isObject } from "../is-object.ts";
import type { EventKind, MessageCount, RecordedEvent } from "./events.ts";
import { CIRCUIT_METHODS, RECONNECT_UI_STATES } from "../protocol/blazor.ts";
import { command } from "./command-field.ts";
import { DOCTOR_FIELDS } from "./doctor-fields.ts";
import {
  REFUSED,
  SHORTENED,
  count,
  field,
  flag,
  list,
  nullable,
  number,
  oneOf,
  optional,
  text,
  time,
  type Field,
  type OptionalField,
} from "./field-types.ts";

export type FieldsOf<E> = {
  readonly [F in Exclude<keyof E, "kind" | "seq" | "t">]-?: object extends Pick<E, F>
    ? OptionalField<Exclude<E[F], undefined>>
    : Field<E[F]>;
};

export type EventFields = {
  readonly [K in EventKind]: FieldsOf<Extract<RecordedEvent, { kind: K }>>;
};

const MAX_TRANSPORTS = 20;
const MAX_STREAMS = 1_000;
/** As many as the background reports. */
const MAX_HEADERS = 20;
/** Two directions, and ten types of messages. */
const MAX_COUNTS = 20;
/** Limits counts of one second or a few: more than any connection can carry, and small enough to be added up. */
const MAX_COUNTED = 1_000_000_000;
const MAX_BYTES_COUNTED = 1_000_000_000_000;
/** Its length is checked by the guard, which also marks the message. */
const payload = field((value): value is string => typeof value === "string");

const transport = oneOf("WebSockets", "ServerSentEvents", "LongPolling");
const hubState = oneOf("Disconnected", "Connecting", "Connected", "Disconnecting", "Reconnecting");
const direction = oneOf("in", "out");
const messageType = oneOf(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
const method = oneOf("GET", "POST", "DELETE");
const headers = optional(list(text, MAX_HEADERS));
const fault = optional(count);

const messageCount: Field<MessageCount> = {
  read(value) {
    if (!isObject(value)) return REFUSED;
    const from = direction.read(value["direction"]);
    const type = messageType.read(value["type"]);
    const times = count.read(value["count"]);
    const bytes = count.read(value["bytes"]);
    if (from === REFUSED || type === REFUSED || times === REFUSED || bytes === REFUSED) return REFUSED;
    if (times > MAX_COUNTED || bytes > MAX_BYTES_COUNTED) return REFUSED;
    return { direction: from, type, count: times, bytes };
  },
};

export const EVENT_FIELDS: EventFields = {
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
    midway: optional(flag),
    worker: optional(oneOf("dedicated", "shared")),
    fromDevtools: optional(flag),
    importedFrom: optional(oneOf("har", "messages")),
  },
  "still-open": {},
  "recording-ended": {
    reason: oneOf(
      "switched-off",
      "probe-switched",
      "too-large",
      "devtools-closed",
      "page-left",
      "worker-silent",
    ),
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
    refused: optional(flag),
    negotiateVersion: optional(number),
    connectionId: optional(text),
    transports: optional(list(text, MAX_TRANSPORTS, SHORTENED)),
    statefulReconnect: optional(flag),
    legacyVersion: optional(text),
    redirectUrl: optional(text),
    retryAfter: optional(text),
    redirectedTo: optional(text),
    byServiceWorker: optional(flag),
    tokenLifetime: optional(number),
    fault,
  },
  "negotiate-timing": {
    request: count,
    protocol: text,
    queued: number,
    dns: number,
    connect: number,
    tls: number,
    wait: number,
    download: number,
    throughServiceWorker: optional(flag),
  },
  refresh: {
    request: count,
    duration: number,
    status: nullable(count),
    error: optional(text),
    tokenLifetime: optional(number),
  },
  "request-seen": {
    request: optional(count),
    socket: optional(count),
    method,
    status: nullable(count),
    error: optional(text),
    preflight: optional(flag),
    redirectedTo: optional(text),
    headers,
  },
  "policy-violation": { url: text, directive: text },
  "clock-jump": { since: time, by: number },
  "network-type": { from: text, to: text },
  socket: {
    socket: count,
    transport,
    url: text,
    request: optional(count),
    tokenExpiresAt: optional(number),
    addressLength: optional(count),
    already: optional(oneOf("connecting", "open", "connected")),
    since: optional(time),
    connectionId: optional(text),
    protocol: optional(text),
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
    byServiceWorker: optional(flag),
    untold: optional(flag),
    fault,
  },
  "transport-request": {
    socket: count,
    method,
    duration: number,
    status: nullable(count),
    error: optional(text),
    byServiceWorker: optional(flag),
    fault,
  },
  upgrade: {
    socket: count,
    status: nullable(count),
    error: optional(text),
    retryAfter: optional(text),
    headers,
  },
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
    streamIds: optional(list(text, MAX_STREAMS, SHORTENED)),
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
  circuit: {
    socket: count,
    method: oneOf(...CIRCUIT_METHODS),
    step: oneOf("called", "accepted", "refused", "failed"),
    circuit: optional(text),
    error: optional(text),
  },
  "circuit-error": { socket: count, error: text },
  "reconnect-ui": { state: oneOf(...RECONNECT_UI_STATES) },
  "circuit-left": {},
  counts: { socket: count, until: time, counts: list(messageCount, MAX_COUNTS) },
  hub: {
    hub: count,
    url: text,
    serverTimeout: number,
    keepAliveInterval: number,
    hasReconnectPolicy: flag,
    state: optional(hubState),
    connectionId: optional(text),
  },
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
  "app-mistake": {
    hub: count,
    mistake: oneOf(
      "started-twice",
      "not-connected",
      "no-handler",
      "handler-threw",
      "no-result",
      "handlers-doubled",
    ),
    target: optional(text),
    count,
    error: optional(text),
    stack: optional(text),
  },
  "call-site": {
    hub: count,
    method: oneOf("start", "stop"),
    stack: text,
  },
  fault: { fault: count, command, until: optional(time) },
  "fault-ended": {
    fault: count,
    reason: oneOf("completed", "undone", "panel-closed", "page-closed", "failed"),
    detail: optional(text),
  },
  ...DOCTOR_FIELDS,
  dropped: { where: oneOf("hook", "relay", "store"), count },
};
