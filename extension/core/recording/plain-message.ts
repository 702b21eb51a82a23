/**
 * A quick check for nearly all events of a long recording: hub messages with only the usual fields. The value itself is used
 * then; any other value goes through the table of all events, which builds it anew.
 */
import { isCount, isTime, LONGEST_TEXT } from "../events/field-types.ts";
import type { HubMessage } from "../events/events.ts";
import { LONGEST_PAYLOAD } from "../events/guards.ts";

/** A type and no interface: only so it is a record, too. */
type Usual = Pick<
  HubMessage,
  "kind" | "seq" | "t" | "socket" | "direction" | "type" | "size" | "target" | "invocationId" | "payload"
>;

/** @param value made by JSON.parse, so that it is plain data and nobody else has it */
export function isPlainMessage(value: Readonly<Record<string, unknown>>): value is Usual {
  const { kind, seq, t, socket, direction, type, size, target, invocationId, payload } = value;
  if (kind !== "message" || (direction !== "in" && direction !== "out")) return false;
  if (!isCount(seq) || !isTime(t) || !isCount(socket) || !isCount(size)) return false;
  if (!isCount(type) || type > 9) return false;
  let fields = 7;
  if (target !== undefined) {
    if (typeof target !== "string" || target.length > LONGEST_TEXT) return false;
    fields++;
  }
  if (invocationId !== undefined) {
    if (typeof invocationId !== "string" || invocationId.length > LONGEST_TEXT) return false;
    fields++;
  }
  if (payload !== undefined) {
    if (typeof payload !== "string" || payload.length > LONGEST_PAYLOAD) return false;
    fields++;
  }
  for (const _name in value) fields--;
  return fields === 0;
}
