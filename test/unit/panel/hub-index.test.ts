/** The timeline's index must be the same, no matter if events come late, twice or in pieces. */
import fc from "fast-check";
import { expect, it } from "vitest";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import type { RecordingModel } from "../../../extension/core/model/types.ts";
import { HubIndex, Indices } from "../../../panel/timeline/hub-index.ts";
import { silenceAt } from "../../../panel/timeline/peaks.ts";
import type { Series } from "../../../panel/timeline/series.ts";
import { anyLife } from "../core/any-life.ts";
import { START } from "../core/event-script.ts";

const timesOf = (series: Series): number[] => Array.from({ length: series.length }, (_, i) => series.at(i));

/** Everything in the index that lanes use. */
function told(index: HubIndex) {
  const { in: inbound, out, pingsIn, pingsOut, swallowed, lost, received } = index;
  return {
    series: [inbound, out, pingsIn, pingsOut, swallowed, lost, received].map(timesOf),
    longest: received.length < 2 ? 0 : index.peaks.longest(1, received.length),
    silences: [0, 200, 1_000, 40_000].map((after) => silenceAt(received, START + after)),
    missed: index.missed,
    p50: index.p50Since(0),
  };
}

function fromScratch({ hubs }: RecordingModel) {
  return hubs.map((hub) => {
    const index = new HubIndex();
    index.update(hub);
    return told(index);
  });
}

/** Follows each piece, and updates the index after some of them, as the panel does. */
function inPieces(batches: readonly (readonly RecordedEvent[])[], drawnEvery = 1) {
  const reducer = createReducer();
  const indices = new Indices();
  for (const [i, batch] of batches.entries()) {
    reducer.apply("p", batch);
    indices.follow(reducer.model.hubs);
    if (i % drawnEvery === 0) indices.update(reducer.model.hubs);
  }
  indices.update(reducer.model.hubs);
  return { model: reducer.model, told: reducer.model.hubs.map((hub) => told(indices.of(hub))) };
}

const cut = (events: readonly RecordedEvent[], length: number): RecordedEvent[][] =>
  Array.from({ length: Math.ceil(events.length / length) }, (_, i) =>
    events.slice(i * length, (i + 1) * length),
  );

it("is the same in pieces as at once, with rows that come late", () => {
  fc.assert(
    fc.property(
      anyLife,
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 9 }),
      (events, length, drawnEvery) => {
        const { model, told: seen } = inPieces(cut(events, length), drawnEvery);
        expect(seen).toEqual(fromScratch(model));
      },
    ),
    { numRuns: 200 },
  );
});

it("is the same when pieces come twice", () => {
  fc.assert(
    fc.property(anyLife, fc.integer({ min: 1, max: 9 }), (events, length) => {
      const once = inPieces(cut(events, length));
      const twice = inPieces(cut(events, length).flatMap((piece) => [piece, piece]));
      expect(twice.told).toEqual(once.told);
    }),
    { numRuns: 100 },
  );
});

it("holds each message once, at its own time", () => {
  fc.assert(
    fc.property(anyLife, (events) => {
      const { model, told: seen } = inPieces(cut(events, 3));
      for (const [i, { messages }] of model.hubs.entries()) {
        const [inbound] = seen[i]?.series ?? [];
        const own = [...messages].filter(
          ({ message: { direction, type, counted, swallowed } }) =>
            direction === "in" && type !== 6 && !counted && !swallowed,
        );
        expect(inbound).toEqual(own.map(({ message }) => message.t));
      }
    }),
    { numRuns: 100 },
  );
});
