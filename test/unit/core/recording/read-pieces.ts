/** Reads a recording file in pieces, for tests. */
import type { RecordedEvent } from "../../../../extension/core/events/events.ts";
import {
  createRecordingReader,
  inOrderOfSeq,
  type RecordingEnd,
} from "../../../../extension/core/recording/recording-reader.ts";

export interface Read {
  readonly end: RecordingEnd;
  readonly events: RecordedEvent[][];
  readonly leftOut: number;
  /** How many events were handed out at once. */
  readonly batches: number[];
}

export function readPieces(
  pieces: Iterable<string>,
  limits: Parameters<typeof createRecordingReader>[0] = {},
): Read {
  const reader = createRecordingReader(limits);
  const events: RecordedEvent[][] = [];
  const disordered = new Set<number>();
  const batches: number[] = [];
  const keep = (parts: ReturnType<typeof reader.push> | ReturnType<typeof reader.end>) => {
    for (;;) {
      const next = parts.next();
      if (next.done) return next.value;
      (events[next.value.page] ??= []).push(...next.value.events);
      batches.push(next.value.events.length);
      if (!next.value.inOrder) disordered.add(next.value.page);
    }
  };
  for (const piece of pieces) keep(reader.push(piece));
  const end = keep(reader.end());
  if (!end) throw new Error("no end");
  let leftOut = end.ok ? end.leftOut : 0;
  const sorted = events.map((own, i) => {
    if (!disordered.has(i)) return own;
    const inOrder = inOrderOfSeq(own);
    leftOut += inOrder.leftOut;
    return [...inOrder.events];
  });
  return { end, events: sorted, leftOut, batches };
}

export const cutAt = (text: string, places: readonly number[]): string[] => {
  const cuts = [0, ...places.map((place) => place % (text.length + 1)).sort((a, b) => a - b), text.length];
  return cuts.slice(1).map((to, i) => text.slice(cuts[i], to));
};

export const file = (events: string, more = ""): string =>
  `{"format":"hubscope-recording","version":2,"pages":[{"page":"p","recording":"p","url":"","events":[${events}]}]${more}}`;
export const listed = (events: readonly RecordedEvent[]): string => JSON.stringify(events).slice(1, -1);
