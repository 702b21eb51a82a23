import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { sizeOfEvent, sizeOfEvents } from "../../../extension/core/events/event-size.ts";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { anyText } from "../fakes/any-text.ts";
import { script } from "./event-script.ts";

const written = (value: unknown): number => new TextEncoder().encode(JSON.stringify(value)).length;

const message = (fields: object): RecordedEvent => ({
  kind: "message",
  seq: 7,
  t: 1_764_200_000_123.25,
  socket: 1,
  direction: "in",
  type: 1,
  size: 10,
  ...fields,
});

describe("the size of an event", () => {
  it("is the length of its JSON text, for all events of the hook", () => {
    const { events } = script().connected();
    expect(events.map(sizeOfEvent)).toEqual(events.map(written));
    expect(sizeOfEvents(events)).toBe(events.reduce((sum, event) => sum + written(event), 0));
  });

  it("of 64 KB of MessagePack is the length of their base64, not 121 bytes", () => {
    const event = message({ binary: "A".repeat(87_384) });
    expect(sizeOfEvent(event)).toBe(written(event));
    expect(sizeOfEvent(event)).toBeGreaterThan(87_384);
  });

  it("is right for texts in every alphabet, and with characters that JSON escapes", () => {
    fc.assert(
      fc.property(
        anyText({ maxLength: 30 }),
        fc.string({ unit: "grapheme", maxLength: 10 }),
        fc.array(fc.string({ maxLength: 5 }), { maxLength: 4 }),
        (payload, error, streamIds) => {
          const event = message({ payload, error, streamIds, truncated: true, target: undefined });
          expect(sizeOfEvent(event)).toBe(written(event));
        },
      ),
      { numRuns: 400 },
    );
    const long = message({ payload: '\u0001 " plain'.repeat(50) });
    expect(sizeOfEvent(long)).toBe(written(long));
    const longAndForeign = message({ payload: '\u0001 " é€ \ud800'.repeat(50) });
    expect(sizeOfEvent(longAndForeign)).toBe(written(longAndForeign));
    const odd = message({ payload: '\ud800 \udc00 \ud83d\ude00 \ud83d \u0000\u0007\b\t\n\f\r"\\ é€' });
    expect(sizeOfEvent(odd)).toBe(written(odd));
  });
});
