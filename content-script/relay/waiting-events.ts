/** Events that wait for their acknowledgement, limited in number and bytes. Dropped ones are counted. */
import { sizeOfEvent } from "../../extension/core/events/event-size.ts";
import type { Dropped, RecordedEvent } from "../../extension/core/events/events.ts";
import { isNeeded } from "../../extension/core/events/needed-events.ts";
import { withoutPayload } from "../../extension/core/events/payload.ts";
import type { Bytes } from "../../extension/core/units.ts";

export interface Room {
  readonly events: number;
  readonly bytes: Bytes;
}

interface Entry {
  readonly event: RecordedEvent;
  readonly size: Bytes;
}

const entryOf = (event: RecordedEvent): Entry => ({ event, size: sizeOfEvent(event) });

export class WaitingEvents {
  private entries: Entry[] = [];
  private bytes = 0;
  /** `seq` of the last event that is being delivered. Events up to it must not be dropped. */
  private underWay = 0;

  constructor(
    private readonly room: Room,
    /** A larger event is sent without its payload or, if that doesn't help, replaced by a `dropped` event. */
    private readonly largest: Bytes,
  ) {}

  get count(): number {
    return this.entries.length;
  }

  /** `seq` of the oldest event. */
  get first(): number | undefined {
    return this.entries[0]?.event.seq;
  }

  /** In order of `seq`. */
  add(events: readonly RecordedEvent[]): void {
    for (const event of events) {
      const entry = fitting(entryOf(event), this.largest);
      this.entries.push(entry);
      this.bytes += entry.size;
    }
    if (this.isOver(this.room)) this.shed();
  }

  /**
   * Takes the oldest events of one recording that fit, at least one; they count as being delivered until `stored` or
   * `returned`.
   */
  take(room: Room): readonly RecordedEvent[] {
    const taken = cut(this.entries, 0, room);
    this.underWay = taken.at(-1)?.seq ?? 0;
    return taken;
  }

  /** All events, in pieces that fit. */
  pieces(room: Room): readonly (readonly RecordedEvent[])[] {
    const pieces: (readonly RecordedEvent[])[] = [];
    for (let at = 0; at < this.entries.length; at += pieces.at(-1)?.length ?? 1)
      pieces.push(cut(this.entries, at, room));
    return pieces;
  }

  returned(): void {
    this.underWay = 0;
  }

  stored(upTo: number): void {
    const first = this.entries.findIndex(({ event }) => event.seq > upTo);
    this.replace(first < 0 ? [] : this.entries.slice(first));
    if (upTo >= this.underWay) this.underWay = 0;
  }

  /** Drops the oldest event, as it can't be stored. */
  giveUpFirst(): void {
    const [first, ...rest] = this.entries;
    if (first) this.replace([entryOf(noteFor(first.event, 1)), ...rest]);
  }

  clear(): void {
    this.replace([]);
    this.underWay = 0;
  }

  /** Replaces each event by the result of `wanted`; null: removes it. */
  refine(wanted: (event: RecordedEvent) => RecordedEvent | null): void {
    this.replace(
      this.entries.flatMap((entry) => {
        const event = wanted(entry.event);
        return event === null ? [] : event === entry.event ? entry : entryOf(event);
      }),
    );
  }

  private isOver({ events, bytes }: Room): boolean {
    return this.entries.length > events || this.bytes > bytes;
  }

  private replace(entries: Entry[]): void {
    this.entries = entries;
    this.bytes = entries.reduce((sum, { size }) => sum + size, 0);
  }

  /** Drops events until half is free: first those that the model doesn't need, oldest first. */
  private shed(): void {
    const goal = { events: this.room.events / 2, bytes: this.room.bytes / 2 };
    this.drop(goal, (event) => !isNeeded(event));
    if (this.isOver(this.room)) this.drop(goal, (event) => event.kind !== "page");
  }

  private drop(goal: Room, mayGo: (event: RecordedEvent) => boolean): void {
    let { length } = this.entries;
    let { bytes } = this;
    let count = 0;
    let last: RecordedEvent | undefined;
    const kept = this.entries.filter(({ event, size }) => {
      const note = event.kind === "dropped" && event.where === "relay" ? event : undefined;
      if (length <= goal.events && bytes <= goal.bytes) return true;
      if (event.seq <= this.underWay || (!note && !mayGo(event))) return true;
      length--;
      bytes -= size;
      count += note?.count ?? 1;
      last = event;
      return false;
    });
    if (!last) return;
    const note = entryOf(noteFor(last, count));
    const at = kept.findIndex(({ event }) => event.seq > note.event.seq);
    kept.splice(at < 0 ? kept.length : at, 0, note);
    this.replace(kept);
  }
}

function cut(entries: readonly Entry[], from: number, room: Room): RecordedEvent[] {
  const piece: RecordedEvent[] = [];
  let bytes = 0;
  for (let i = from; i < entries.length && piece.length < room.events; i++) {
    const { event, size } = entries[i] as Entry;
    // A `page` event begins another recording.
    if (piece.length > 0 && (bytes + size > room.bytes || event.kind === "page")) break;
    piece.push(event);
    bytes += size;
  }
  return piece;
}

function fitting(entry: Entry, largest: Bytes): Entry {
  if (entry.size <= largest) return entry;
  const { event } = entry;
  if (event.kind === "message") {
    const bare = entryOf({ ...withoutPayload(event), truncated: true } as RecordedEvent);
    if (bare.size <= largest) return bare;
  }
  return entryOf(noteFor(event, 1));
}

/** Uses the event's `seq`, as the event itself won't be stored. */
const noteFor = ({ seq, t }: RecordedEvent, count: number): Dropped => ({
  kind: "dropped",
  where: "relay",
  count,
  seq,
  t,
});
