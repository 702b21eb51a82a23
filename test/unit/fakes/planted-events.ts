/** Events of every kind with a given text in every field that takes one. */
import { encode } from "@msgpack/msgpack";
import { EVENT_FIELDS } from "../../../extension/core/events/event-fields.ts";
import { REFUSED, type Field } from "../../../extension/core/events/field-types.ts";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { readEvent } from "../../../extension/core/events/guards.ts";

export const AT = Date.UTC(2026, 10, 27, 9);
const COMMAND = { name: "offline", target: { scope: "page" }, duration: 5_000 };
const COUNTED = { direction: "in", type: 1, count: 2, bytes: 3 };
/** Sample values; each field accepts one of them. */
const SAMPLES = [
  1,
  AT,
  true,
  ..."in GET fetch WebSockets Connected completed hook navigate freeze switched-off StartCircuit called show no-handler start none negotiate json connected resumed".split(
    " ",
  ),
  COMMAND,
  [COUNTED],
];

export const planted = (name: string, text: string): string =>
  name === "binary"
    ? Buffer.from(encode([1, {}, null, "Login", [text, { note: text }]])).toString("base64")
    : text;

/** An event of this kind, with the text in every field that accepts a text. */
function eventWith(
  kind: string,
  fields: Readonly<Record<string, Field<unknown>>>,
  text: string,
  seq: number,
): RecordedEvent {
  const event: Record<string, unknown> = { kind, seq, t: AT + seq };
  for (const [name, { read }] of Object.entries(fields)) {
    const value = planted(name, text);
    if (read(value) !== REFUSED) event[name] = value;
    else if (read([value]) !== REFUSED) event[name] = [value];
    else event[name] = SAMPLES.find((sample) => read(sample) !== REFUSED);
  }
  if (kind === "fault") event["command"] = { ...COMMAND, error: text, target: { scope: "hub", url: text } };
  const known = readEvent(event);
  if (!known) throw new Error(`no ${kind} event: ${JSON.stringify(event)}`);
  return known;
}

/** One event of each kind. @param seq of the event before the first one */
export const eventsWith = (text: string, seq: number): RecordedEvent[] =>
  Object.entries(EVENT_FIELDS).map(([kind, fields], i) => eventWith(kind, fields, text, seq + 1 + i));
