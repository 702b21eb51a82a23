/**
 * Defines which parts of a message are payload: its text or bytes, and the error of a hub method. The error of a Close message
 * isn't: it says why the connection ended. All code that stores, counts or removes payloads uses this.
 */
import { CLOSE } from "../protocol/terms.ts";
import type { HubMessage, RecordedEvent } from "./events.ts";
import { utf8End, utf8Length } from "../protocol/json-scan.ts";
import { shortened } from "../text/shortened.ts";
import type { Bytes } from "../units.ts";

const isPayloadError = ({ type, error }: HubMessage): boolean =>
  error !== undefined && error !== "" && type !== CLOSE;

/** Size of the recorded payload; 0: there is none. */
export function payloadSize(event: RecordedEvent): Bytes {
  if (event.kind !== "message") return 0;
  const { payload, binary } = event;
  if (binary !== undefined) return Math.floor((binary.replace(/=+$/, "").length * 3) / 4);
  return (payload?.length ?? 0) + (isPayloadError(event) ? (event.error?.length ?? 0) : 0);
}

/** The event without its payload. That a hub method failed is kept, but not its error text. */
export function withoutPayload(event: RecordedEvent): RecordedEvent {
  if (event.kind === "app-mistake" && event.error !== undefined) {
    // A handler's error may hold what a message said.
    const { error: _error, ...rest } = event;
    return rest;
  }
  if (event.kind !== "message") return event;
  const { payload, binary, truncated, ...rest } = event;
  if (payload === undefined && binary === undefined && truncated === undefined && !isPayloadError(event))
    return event;
  return isPayloadError(event) ? { ...rest, error: "" } : rest;
}

/** The event with its payload cut to the limit in the settings, and marked if it was cut. */
export function withPayloadCap(event: RecordedEvent, cap: Bytes): RecordedEvent {
  if (event.kind !== "message") return event;
  const { payload, binary, error } = event;
  const isCut =
    // A UTF-16 code unit takes at most three bytes: most payloads need no further check.
    (payload !== undefined && payload.length * 3 > cap && utf8Length(payload, 0, payload.length) > cap) ||
    (binary !== undefined && payloadSize(event) > cap);
  const errorIsCut = isPayloadError(event) && error !== undefined && error.length > cap;
  if (!isCut && !errorIsCut) return event;
  return {
    ...event,
    ...(payload === undefined ? {} : { payload: payload.slice(0, utf8End(payload, 0, payload.length, cap)) }),
    // Whole groups of four characters are three bytes each.
    ...(binary === undefined ? {} : { binary: binary.slice(0, Math.floor(cap / 3) * 4) }),
    ...(errorIsCut ? { error: shortened(error, cap) } : {}),
    ...(isCut ? { truncated: true } : {}),
  };
}
