/** Lists that are read quickly must be read like those that are followed character by character. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { range } from "../../fakes/events.ts";
import { anyRecording, anyTextOf } from "./any-recording.ts";
import { cutAt, file, listed, readPieces, type Read } from "./read-pieces.ts";

describe("a list of events", () => {
  it("is the same if it is read quickly, whatever it contains and however it is cut", () => {
    const plain = ({ end, events, leftOut }: Read) => ({ end, events, leftOut });
    /** Characters that may end a value, or damage the text. */
    const wedge = fc.constantFrom(
      "",
      "",
      "}",
      "{",
      '},{"',
      "]",
      "[",
      '"',
      "\\",
      ",",
      " ",
      '{"a":[{},{"b":1}]},',
    );
    fc.assert(
      fc.property(
        anyRecording.chain((recording) => anyTextOf(recording)),
        fc.array(fc.nat(), { maxLength: 4 }),
        fc.nat(),
        wedge,
        (text, places, at, added) => {
          const place = at % (text.length + 1);
          const pieces = cutAt(text.slice(0, place) + added + text.slice(place), places);
          expect(plain(readPieces(pieces, { elements: 1, leastQuick: 1 }))).toEqual(
            plain(readPieces(pieces, { elements: 1, leastQuick: Infinity })),
          );
        },
      ),
      { numRuns: 200 },
    );
  });

  it("refuses what is nested too deeply, also if it is read quickly", () => {
    const deep = (levels: number): string =>
      file(`{"x":${"[".repeat(levels)}${"]".repeat(levels)}},${listed(range(1, 3))}`);
    expect(readPieces([deep(999)], { leastQuick: 1 }).events.flat()).toHaveLength(3);
    expect(readPieces([deep(1_000)], { leastQuick: 1 }).end).toMatchObject({ ok: false });
  });
});
