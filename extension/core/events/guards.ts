/**
 * Checks events from a page or a file, as both may be hostile. Each event is rebuilt from the known fields of its kind. Invalid
 * events are removed and counted.
 */
import { EVENT_FIELDS } from "./event-fields.ts";
import { REFUSED, isCount, isTime, type Field } from "./field-types.ts";
import type { RecordedEvent } from "./events.ts";

import { isObject } from "../is-object.ts";

/** In characters of text or of base64, which is cut at a multiple of four. */
export const LONGEST_PAYLOAD = 8 * 1024 * 1024;
const MAX_IN_BATCH = 100_000;

interface NamedField extends Field<unknown> {
  readonly name: string;
  readonly optional: boolean;
}

const FIELDS = new Map<string, readonly NamedField[]>(
  Object.entries(EVENT_FIELDS).map(([kind, fields]) => [
    kind,
    Object.entries<Field<unknown>>(fields).map(([name, field]) => ({
      name,
      read: field.read,
      optional: "optional" in field,
    })),
  ]),
);

/** The event with only its known fields; null: `value` is no event. */
export function readEvent(value: unknown): RecordedEvent | null {
  if (!isObject(value)) return null;
  const { kind, seq, t } = value;
  const fields = typeof kind === "string" ? FIELDS.get(kind) : undefined;
  if (!fields || !isCount(seq) || !isTime(t)) return null;
  const event: Record<string, unknown> = { kind, seq, t };
  for (const { name, read, optional } of fields) {
    const given = value[name];
    if (given === undefined && optional) continue;
    const known = read(given);
    if (known === REFUSED) return null;
    event[name] = known;
  }
  if (kind === "message") boundPayload(event);
  // All fields of its kind were checked by the table, which is typed by the event.
  return event as unknown as RecordedEvent;
}

function boundPayload(message: Record<string, unknown>): void {
  for (const name of ["payload", "binary"]) {
    const value = message[name];
    if (typeof value !== "string" || value.length <= LONGEST_PAYLOAD) continue;
    message[name] = value.slice(0, LONGEST_PAYLOAD);
    message["truncated"] = true;
  }
}

/**
 * The valid events of a batch, in order of `seq`. One `dropped` event replaces the invalid ones. The hook counts `seq` without
 * gaps, so an invalid event leaves its number unused, and the `dropped` event takes it: any other number may belong to a later
 * event.
 */
export function checkEvents(value: unknown): RecordedEvent[] {
  if (!Array.isArray(value)) return [];
  const given = value as unknown[];
  const good: RecordedEvent[] = [];
  const bad: unknown[] = given.slice(MAX_IN_BATCH);
  for (const entry of given.slice(0, MAX_IN_BATCH)) {
    const event = readEvent(entry);
    if (event) good.push(event);
    else bad.push(entry);
  }
  good.sort((a, b) => a.seq - b.seq);
  // Of two events with the same `seq` the first is kept; the hook never sends such.
  const events = good.filter(({ seq }, i) => seq !== good[i - 1]?.seq);
  const note = noteOf(bad, given.length - events.length, events);
  if (!note) return events;
  const at = events.findIndex(({ seq }) => seq > note.seq);
  events.splice(at < 0 ? events.length : at, 0, note);
  return events;
}

/** A `dropped` event with the number of invalid events; undefined: there are none, or no number is unused. */
function noteOf(
  bad: readonly unknown[],
  refused: number,
  events: readonly RecordedEvent[],
): RecordedEvent | undefined {
  if (refused === 0) return undefined;
  const taken = new Set(events.map(({ seq }) => seq));
  const stamps = bad.flatMap((entry) => (isObject(entry) ? [entry] : []));
  const own = stamps
    .map((stamp) => stamp["seq"])
    .find((seq): seq is number => isCount(seq) && !taken.has(seq));
  const gap = events.find(({ seq }, i) => i < events.length - 1 && !taken.has(seq + 1));
  const seq = own ?? (gap && gap.seq + 1);
  const t = events.at(-1)?.t ?? stamps.map((stamp) => stamp["t"]).find(isTime);
  if (seq === undefined || t === undefined) return undefined;
  return { kind: "dropped", where: "relay", count: refused, seq, t };
}
