/** Tracks on which slices don't overlap: viewers draw slices of one track that overlap as if one had called the other. */
import type { EpochMilliseconds } from "../../core/units.ts";
import { asyncTexts, sliceText, threadTexts, type Slice, type Track } from "./trace-event.ts";

/** More than a screen has room for. What overlaps with that many gets no place on a track. */
const MOST_TRACKS = 16;

export class Tracks {
  readonly #pid: number;
  readonly #next: () => number;

  /** @param next numbers the tracks of the file */
  constructor(pid: number, next: () => number) {
    this.#pid = pid;
    this.#next = next;
  }

  track(): Track {
    return { pid: this.#pid, tid: this.#next() };
  }

  *named(name: string, events: (track: Track) => Iterable<string>): Generator<string> {
    const track = this.track();
    let isNamed = false;
    for (const event of events(track)) {
      if (!isNamed) yield* threadTexts(track, name);
      isNamed = true;
      yield event;
    }
  }

  /** As many tracks as are needed: few, if the slices are in order of time. */
  *slices(
    name: string,
    category: Parameters<typeof sliceText>[1],
    slices: Iterable<Slice>,
    id = name,
  ): Generator<string> {
    const used: { readonly track: Track; until: EpochMilliseconds }[] = [];
    let apart = 0;
    for (const slice of slices) {
      let free = used.find(({ until }) => until <= slice.from);
      if (!free && used.length < MOST_TRACKS) {
        free = { track: this.track(), until: slice.from };
        yield* threadTexts(free.track, used.length === 0 ? name : `${name} (${used.length + 1})`);
        used.push(free);
      }
      const [first] = used;
      if (free) {
        free.until = Math.max(slice.from, slice.until);
        yield sliceText(free.track, category, slice);
      } else if (first) yield* asyncTexts(first.track, category, `${id} ${apart++}`, slice);
    }
  }
}
