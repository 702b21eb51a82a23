import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkEvents, isRecordedEvent } from "../../../extension/core/guards.ts";
import { script } from "./event-script.ts";

describe("isRecordedEvent", () => {
  it("takes what the hook writes", () => {
    expect(script().connected().events.every(isRecordedEvent)).toBe(true);
  });

  it("never throws, and takes no nonsense", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(isRecordedEvent(value)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    { kind: "message", seq: 1, t: 1, socket: 1, direction: "in", type: 10, size: 1 },
    { kind: "message", seq: 1, t: 1, socket: 1, direction: "in", type: 1, size: -1 },
    { kind: "message", seq: 1.5, t: 1, socket: 1, direction: "in", type: 1, size: 1 },
    { kind: "message", seq: 1, t: Number.NaN, socket: 1, direction: "in", type: 1, size: 1 },
    { kind: "socket", seq: 1, t: 1, socket: 1, url: "x".repeat(30_000) },
    { kind: "__proto__", seq: 1, t: 1 },
    { kind: "online", seq: 1, t: 0, online: true },
    { kind: "online", seq: 1, t: 1e300, online: true },
    { kind: "counts", seq: 1, t: 1, socket: 1, until: 2, counts: [{}] },
  ])("refuses $kind with a wrong field", (value) => {
    expect(isRecordedEvent(value)).toBe(false);
  });
});

describe("checkEvents", () => {
  it("puts a dropped event in the place of what it refuses", () => {
    const [first, second, third] = script().connected().events;
    expect(checkEvents([first, { ...second, kind: "nonsense" }, third])).toEqual([
      first,
      { kind: "dropped", where: "relay", count: 1, seq: 2, t: third?.t },
      third,
    ]);
  });

  it("counts a refused first event, and one that is alone in its batch", () => {
    const [first, second, third] = script().connected().events;
    const spoilt = { ...first, kind: "nonsense" };
    expect(checkEvents([spoilt, second, third])).toEqual([
      { kind: "dropped", where: "relay", count: 1, seq: 1, t: third?.t },
      second,
      third,
    ]);
    expect(checkEvents([spoilt])).toEqual([
      { kind: "dropped", where: "relay", count: 1, seq: 1, t: first?.t },
    ]);
  });

  it("believes the first of two events with one seq, and takes no number of an event to come for the note", () => {
    const [first, second, third] = script().connected().events;
    const twin = { ...third, seq: second?.seq };
    expect(checkEvents([first, second, twin])).toEqual([first, second]);
    expect(checkEvents([first, second, { ...third, kind: "nonsense" }])).toEqual([
      first,
      second,
      { kind: "dropped", where: "relay", count: 1, seq: 3, t: second?.t },
    ]);
  });

  it("gives numbers in order and none twice, whatever a page sends", () => {
    const { events } = script().connected();
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.nat(events.length - 1), fc.option(fc.nat(20)), fc.boolean()), { maxLength: 30 }),
        (picks) => {
          const batch = picks.map(([at, seq, spoilt]) => ({
            ...events[at],
            ...(seq === null ? {} : { seq }),
            ...(spoilt ? { kind: "nonsense" } : {}),
          }));
          const seqs = checkEvents(batch).map(({ seq }) => seq);
          expect(seqs).toEqual([...new Set(seqs)].sort((a, b) => a - b));
        },
      ),
    );
  });
});
