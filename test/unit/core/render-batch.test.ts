import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readRenderBatch } from "../../../extension/core/protocol/render-batch.ts";

/** A render batch as Blazor's server writes it, with only what we read. */
function batch(
  diffs: readonly { readonly component: number; readonly edits: number }[],
  removed: number,
): Uint8Array {
  const words: number[] = [];
  const offsets: number[] = [];
  for (const { component, edits } of diffs) {
    offsets.push(words.length * 4);
    words.push(component, edits, ...Array<number>(edits * 4).fill(7));
  }
  const updated = words.length * 4;
  words.push(diffs.length, ...offsets);
  const frames = words.length * 4;
  words.push(0);
  const disposed = words.length * 4;
  words.push(removed, ...Array<number>(removed).fill(9));
  const handlers = words.length * 4;
  words.push(0);
  const texts = words.length * 4;
  return new Uint8Array(Int32Array.from([...words, updated, frames, disposed, handlers, texts]).buffer);
}

describe("a render batch", () => {
  it("is read as it was written, wherever it lies in its buffer", () => {
    const diff = fc.record({ component: fc.nat(500), edits: fc.nat(20) });
    fc.assert(
      fc.property(fc.array(diff), fc.nat(9), fc.nat(7), (diffs, removed, before) => {
        const bytes = new Uint8Array([...Array<number>(before).fill(1), ...batch(diffs, removed)]).subarray(
          before,
        );
        expect(readRenderBatch(bytes)).toEqual({
          components: diffs.map(({ component }) => component),
          edits: diffs.reduce((sum, { edits }) => sum + edits, 0),
          removed,
        });
      }),
    );
  });

  it("may be any bytes: nothing is thrown, and the work is limited", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        const read = readRenderBatch(bytes);
        expect(read === null || read.components.length <= 50).toBe(true);
      }),
    );
  });

  it("that was cut isn't read", () => {
    expect(readRenderBatch(batch([{ component: 3, edits: 2 }], 0).subarray(0, 30))).toBeNull();
  });
});
