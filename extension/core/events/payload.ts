/**
 * What of a message is payload: its own text or bytes, and the error that a hub method failed with. A Close message's error is
 * none: it says why the connection ended. Everything that keeps, counts or takes out payloads asks here.
 */
import { CLOSE } from "../protocol/terms.ts";
import type { HubMessage, RecordedEvent } from "./events.ts";
import { utf8End, utf8Length } from "../protocol/json-scan.ts";
import { shortened } from "../text/shortened.ts";
import type { Bytes } from "../units.ts";

const isPayloadError = ({ type, error }: HubMessage): boolean =>
  error !== undefined && error !== "" && type !== CLOSE;

/** Bytes of the payload that was recorded; 0: none was. */
export function payloadSize(event: RecordedEvent): Bytes {
  if (event.kind !== "message") return 0;
  const { payload, binary } = event;
  if (binary !== undefined) return Math.floor((binary.replace(/=+$/, "").length * 3) / 4);
  return (payload?.length ?? 0) + (isPayloadError(event) ? (event.error?.length ?? 0) : 0);
}

/** The event as it is recorded without payloads. That a method failed is kept, its text isn't. */
export function withoutPayload(event: RecordedEvent): RecordedEvent {
  if (event.kind !== "message") return event;
  const { payload, binary, truncated: _truncated, ...rest } = event;
  if (payload === undefined && binary === undefined && !isPayloadError(event)) return event;
  return isPayloadError(event) ? { ...rest, error: "" } : rest;
}

/** The event with no more of its payload than the setting allows; what is cut is marked. */
export function withPayloadCap(event: RecordedEvent, cap: Bytes): RecordedEvent {
  if (event.kind !== "message") return event;
  const { payload, binary, error } = event;
  const isCut =
    // No character takes more than three bytes a UTF-16 unit: most payloads are known to fit.
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
