/**
 * What of a message is payload: its own text or bytes, and the error that a hub method failed with. A Close message's error is
 * none: it says why the connection ended. Everything that keeps, counts or takes out payloads asks here.
 */
import type { HubMessage, RecordedEvent } from "./events.ts";
import type { Bytes } from "./units.ts";

const CLOSE = 7;

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
