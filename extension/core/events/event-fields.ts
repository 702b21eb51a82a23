/**
 * One table with the fields of every kind of event: their types and limits. Guards remove all fields that aren't in the table.
 * The compiler checks it against the types of the events.
 */
import { isObject } from "../is-object.ts";
import type { EventKind, MessageCount, RecordedEvent } from "./events.ts";
import { CIRCUIT_METHODS, RECONNECT_UI_STATES } from "../protocol/blazor.ts";
import { FAULTS } from "../faults/outlines.ts";
import type { FaultTarget } from "../faults/fault-details.ts";
import type { FaultCommand } from "../faults/registry.ts";
import { shortened } from "../text/shortened.ts";

/** The value is not valid for the field. */
export const REFUSED = Symbol("refused");

export interface Field<T> {
  /** A checked copy of the value. Texts that are too long are shortened and end with "…". */
  readonly read: (value: unknown) => T | typeof REFUSED;
}

/** An optional field of an event. */
export interface OptionalField<T> extends Field<T> {
  readonly optional: true;
}

type FieldsOf<E> = {
  readonly [F in Exclude<keyof E, "kind" | "seq" | "t">]-?: object extends Pick<E, F>
    ? OptionalField<Exclude<E[F], undefined>>
    : Field<E[F]>;
};

export type EventFields = {
  readonly [K in EventKind]: FieldsOf<Extract<RecordedEvent, { kind: K }>>;
};

/** Limits texts in all fields except payloads. */
export const LONGEST_TEXT = 20_000;
const MAX_TRANSPORTS = 20;
const MAX_STREAMS = 1_000;
/** Two directions, and ten types of messages. */
const MAX_COUNTS = 20;
const MAX_TYPES = 10;
/** Limits counts of one second or a few: more than any connection can carry, and small enough to be added up. */
const MAX_COUNTED = 1_000_000_000;
const MAX_BYTES_COUNTED = 1_000_000_000_000;
const SHORTENED = "…";

export const isCount = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;

/** A time in this century, in milliseconds. Any other would make the timeline too long to be useful. */
export const isTime = (value: unknown): value is number =>
  typeof value === "number" && value >= 946_684_800_000 && value <= 4_102_444_800_000;

const field = <T>(is: (value: unknown) => value is T): Field<T> => ({
  read: (value) => (is(value) ? value : REFUSED),
});
const optional = <T>({ read }: Field<T>): OptionalField<T> => ({ read, optional: true });
const nullable = <T>({ read }: Field<T>): Field<T | null> => ({
  read: (value) => (value === null ? null : read(value)),
});
const oneOf = <const T>(...allowed: readonly T[]): Field<T> =>
  field((value): value is T => (allowed as readonly unknown[]).includes(value));

const number = field((value): value is number => typeof value === "number" && Number.isFinite(value));
const count = field(isCount);
const time = field(isTime);
const flag = field((value): value is boolean => typeof value === "boolean");
const text: Field<string> = {
  read: (value) => (typeof value === "string" ? shortened(value, LONGEST_TEXT) : REFUSED),
};
/** Its length is checked by the guard, which also marks the message. */
const payload = field((value): value is string => typeof value === "string");
/** Items beyond `max` are removed and replaced by `end`. */
const list = <T>({ read }: Field<T>, max: number, ...end: readonly T[]): Field<readonly T[]> => ({
  read(value) {
    if (!Array.isArray(value)) return REFUSED;
    const items: T[] = [];
    for (const item of value.slice(0, max) as unknown[]) {
      const one = read(item);
      if (one === REFUSED) return REFUSED;
      items.push(one);
    }
    return value.length > max ? [...items, ...end] : items;
  },
});

const transport = oneOf("WebSockets", "ServerSentEvents", "LongPolling");
const hubState = oneOf("Disconnected", "Connecting", "Connected", "Disconnecting", "Reconnecting");
const direction = oneOf("in", "out");
const messageType = oneOf(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
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

/**
 * The parameter names of all faults (a test compares them with the faults' tables). The tables themselves would be too large
 * for every page.
 */
export const COMMAND_FIELDS: readonly string[] = [
  ..."after allowReconnect bytesPerSecond code delay direction duration error idle jitter limit method".split(
    " ",
  ),
  ..."period probability reason retryAfter seed status times types window".split(" "),
];
const parameter: Field<unknown> = {
  read: (value) =>
    number.read(value) !== REFUSED || flag.read(value) !== REFUSED
      ? value
      : Array.isArray(value)
        ? list(number, MAX_TYPES).read(value)
        : text.read(value),
};

/** The target. Each scope has its own required fields, as they are shown. */
const target: Field<FaultTarget> = {
  read(value) {
    if (!isObject(value)) return REFUSED;
    switch (value["scope"]) {
      case "page":
        return { scope: "page" };
      case "connection": {
        const socket = count.read(value["socket"]);
        return socket === REFUSED ? REFUSED : { scope: "connection", socket };
      }
      case "hub": {
        const url = text.read(value["url"]);
        return url === REFUSED ? REFUSED : { scope: "hub", url };
      }
      case "share": {
        const percent = number.read(value["percent"]);
        const seed = number.read(value["seed"]);
        return percent === REFUSED || seed === REFUSED ? REFUSED : { scope: "share", percent, seed };
      }
      default:
        return REFUSED;
    }
  },
};

/** The fault's command. An event with an unknown fault is rejected. */
const command: Field<FaultCommand> = {
  read(value) {
    if (!isObject(value)) return REFUSED;
    const { name } = value;
    if (typeof name !== "string" || !Object.hasOwn(FAULTS, name)) return REFUSED;
    const faultTarget = target.read(value["target"]);
    const parameters = known(value, COMMAND_FIELDS);
    if (faultTarget === REFUSED || parameters === REFUSED) return REFUSED;
    // Whether the parameters are valid for the fault was checked when it was injected.
    return { name, target: faultTarget, ...parameters } as unknown as FaultCommand;
  },
};

function known(
  value: Record<string, unknown>,
  names: readonly string[],
): Record<string, unknown> | typeof REFUSED {
  const found: Record<string, unknown> = {};
  for (const name of names) {
    if (value[name] === undefined) continue;
    const read = parameter.read(value[name]);
    if (read === REFUSED) return REFUSED;
    found[name] = read;
  }
  return found;
}

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
  },
  "still-open": {},
  "recording-ended": { reason: oneOf("switched-off", "probe-switched", "too-large") },
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
    transports: optional(list(text, MAX_TRANSPORTS, SHORTENED)),
    statefulReconnect: optional(flag),
    legacyVersion: optional(text),
    redirectUrl: optional(text),
    retryAfter: optional(text),
    redirectedTo: optional(text),
    byServiceWorker: optional(flag),
    fault,
  },
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
    fault,
  },
  "transport-request": {
    socket: count,
    method: oneOf("GET", "POST", "DELETE"),
    duration: number,
    status: nullable(count),
    error: optional(text),
    byServiceWorker: optional(flag),
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
    method: oneOf("start", "stop", "invoke", "send", "stream"),
    target: optional(text),
    stack: text,
  },
  fault: { fault: count, command, until: optional(time) },
  "fault-ended": {
    fault: count,
    reason: oneOf("completed", "undone", "panel-closed", "page-closed", "failed"),
    detail: optional(text),
  },
  dropped: { where: oneOf("hook", "relay", "store"), count },
};
