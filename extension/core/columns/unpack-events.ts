/** Events from columns. The panel needs them only one by one: this is apart, so that it opens quickly. */
import type { RecordedEvent } from "../events/events.ts";
import { callIdOf, eventOf, type EventBlock, type PackedEvents } from "./event-block.ts";
import { payloadsBySeq } from "./payload-texts.ts";

/** One event of a block, without its payload; null: there is no such event. */
export function eventAt(block: EventBlock, index: number): RecordedEvent | null {
  const head = block.heads[block.head[index] ?? -1];
  const [seq, t, size, call] = [block.seq[index], block.t[index], block.size[index], block.call[index]];
  if (head === undefined || seq === undefined || t === undefined) return null;
  return eventOf(head, seq, t, size ?? 0, callIdOf(call ?? 0, block.ids));
}

/** All events of a block after `afterSeq`, with their payloads. */
export function unpackEvents({ block, payloads }: PackedEvents, afterSeq = -1): RecordedEvent[] {
  const bySeq = payloadsBySeq(payloads);
  const events: RecordedEvent[] = [];
  for (let i = 0; i < block.length; i++) {
    const event = eventAt(block, i);
    if (!event || event.seq <= afterSeq) continue;
    const payload = bySeq.get(event.seq);
    events.push(payload && event.kind === "message" ? { ...event, ...payload } : event);
  }
  return events;
}
