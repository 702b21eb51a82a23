/** The fields of the connection doctor's events: see event-fields.ts. */
import type { FieldsOf } from "./event-fields.ts";
import { DOCTOR_CHECKS, DOCTOR_OUTCOMES, DOCTOR_PROTOCOLS, type DoctorEvent } from "./doctor-events.ts";
import { SHORTENED, count, flag, list, nullable, number, oneOf, optional, text } from "./field-types.ts";

type DoctorFields = {
  readonly [K in DoctorEvent["kind"]]: FieldsOf<Extract<DoctorEvent, { kind: K }>>;
};

const MAX_TRANSPORTS = 20;
const MAX_HEADERS = 10;

const transport = oneOf("WebSockets", "ServerSentEvents", "LongPolling");
const protocol = oneOf(...DOCTOR_PROTOCOLS);
const direction = oneOf("in", "out");
const headers = optional(list(text, MAX_HEADERS));

export const DOCTOR_FIELDS: DoctorFields = {
  doctor: {
    run: count,
    url: text,
    stay: number,
    calls: flag,
    client: text,
    token: oneOf("none", "borrowed", "failed", "unknown"),
    tokenExpiresAt: optional(number),
    error: optional(text),
    transports: optional(list(transport, MAX_TRANSPORTS)),
    skipNegotiation: optional(flag),
  },
  "doctor-tries": {
    run: count,
    check: oneOf(...DOCTOR_CHECKS),
    transport: optional(transport),
    protocol: optional(protocol),
  },
  "doctor-negotiate": {
    run: count,
    url: text,
    status: nullable(count),
    duration: number,
    error: optional(text),
    transports: optional(list(text, MAX_TRANSPORTS, SHORTENED)),
    statefulReconnect: optional(flag),
    redirectUrl: optional(text),
    redirectedTo: optional(text),
    retryAfter: optional(text),
    encoding: optional(text),
    headers,
    blockedBy: optional(text),
    dns: optional(number),
    connect: optional(number),
    tls: optional(number),
    wait: optional(number),
  },
  "doctor-connect": {
    run: count,
    transport,
    protocol,
    skipNegotiation: optional(flag),
    again: optional(flag),
    outcome: oneOf(...DOCTOR_OUTCOMES),
    duration: number,
    open: optional(number),
    handshake: optional(number),
    roundTrip: optional(number),
    status: optional(count),
    error: optional(text),
    extensions: optional(text),
    upgradeLost: optional(flag),
    blockedBy: optional(text),
  },
  "doctor-sticky": { run: count, transport, tried: count, notFound: count, failed: count },
  "doctor-resume": {
    run: count,
    outcome: oneOf("resumed", "unproven", "not-granted"),
    duration: optional(number),
    error: optional(text),
  },
  "doctor-size": {
    run: count,
    direction,
    transport,
    passed: count,
    failed: nullable(count),
    status: optional(count),
    code: optional(number),
    error: optional(text),
  },
  "doctor-stay": {
    run: count,
    transport,
    duration: number,
    lost: flag,
    error: optional(text),
    code: optional(number),
    status: optional(count),
    pings: count,
    interval: optional(number),
    longest: optional(number),
  },
  "doctor-ended": {
    run: count,
    reason: oneOf("completed", "cancelled", "panel-closed", "page-left", "failed"),
    detail: optional(text),
  },
};
