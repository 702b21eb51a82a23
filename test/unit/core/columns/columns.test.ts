import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { packEvents, type PackedEvents } from "../../../../extension/core/columns/event-block.ts";
import { eventAt, unpackEvents } from "../../../../extension/core/columns/unpack-events.ts";
import { headOf, isMessageHead, keyOfMessage } from "../../../../extension/core/columns/event-heads.ts";
import { EventTable } from "../../../../extension/core/columns/event-table.ts";
import { payloadSize } from "../../../../extension/core/events/payload.ts";
import type { HubMessage, RecordedEvent } from "../../../../extension/core/events/events.ts";
import { anyText } from "../../fakes/any-text.ts";
import { event, range, seqs } from "../../fakes/events.ts";
import { anyEvent } from "../any-event.ts";

const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });

/** Messages with every optional field, and call ids that look like numbers but aren't. */
const anyMessage = fc
  .record({
    socket: fc.nat(3),
    direction: fc.constantFrom("in", "out"),
    type: fc.integer({ min: 0, max: 9 }),
    size: fc.nat(),
    target: optional(fc.oneof(anyText({ maxLength: 4 }), fc.constantFrom("", "a", "a,b", "-"))),
    invocationId: optional(
      fc.oneof(
        fc.nat().map(String),
        anyText({ maxLength: 4 }),
        fc.constantFrom("", "007", "-0", "-1", "1e3", "1.5", " 1", "0x10", "9007199254740991", "1e21", "NaN"),
      ),
    ),
    streamIds: optional(fc.array(fc.constantFrom("1", "2"), { maxLength: 2 })),
    error: optional(fc.constantFrom("", "no")),
    allowReconnect: optional(fc.boolean()),
    sequenceId: optional(fc.constantFrom(-1, 0, 1, 1.5, 1e308)),
    problem: optional(fc.constantFrom("", "not JSON")),
    problemAt: optional(fc.nat(3)),
    payload: optional(anyText({ maxLength: 8 })),
    binary: optional(fc.constantFrom("", "gqE=")),
    truncated: optional(fc.boolean()),
    fault: optional(fc.nat(3)),
    swallowed: optional(fc.boolean()),
    counted: optional(fc.boolean()),
  })
  .map((fields) => {
    const given = Object.entries(fields).filter(([, value]) => value !== undefined);
    return { kind: "message", ...Object.fromEntries(given) } as Omit<HubMessage, "seq" | "t">;
  });

const anyEvents = fc
  .array(
    fc.tuple(
      fc.oneof(anyEvent, anyMessage),
      fc.integer({ min: -5, max: 50 }),
      fc.integer({ min: 1, max: 3 }),
    ),
    {
      maxLength: 40,
    },
  )
  .map((steps) => {
    let [seq, t] = [0, 1_764_200_000_000];
    return steps.map(([fields, wait, step]) => ({ ...fields, seq: (seq += step), t: (t += wait) }));
  });

const withoutPayload = (one: RecordedEvent): RecordedEvent => {
  if (one.kind !== "message") return one;
  const { payload: _payload, binary: _binary, ...rest } = one;
  return rest;
};

describe("events in columns", () => {
  it("are the same events when they are unpacked, with their payloads", () => {
    fc.assert(
      fc.property(anyEvents, fc.nat(100), (events, after) => {
        const packed: PackedEvents = structuredClone(packEvents(events));
        expect(unpackEvents(packed)).toEqual(events);
        expect(unpackEvents(packed, after)).toEqual(events.filter(({ seq }) => seq > after));
      }),
      { numRuns: 500 },
    );
  });

  it("are the same events in a table, without their payloads, from however many blocks and pages", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom("p", "q"), anyEvents), { maxLength: 5 }), (blocks) => {
        const table = new EventTable();
        const added: { page: string; event: RecordedEvent }[] = [];
        for (const [page, events] of blocks) {
          expect(table.add(page, packEvents(events).block)).toBe(added.length);
          for (const one of events) added.push({ page, event: one });
        }
        expect(table.length).toBe(added.length);
        for (const [row, { page, event: one }] of added.entries()) {
          expect(table.eventOf(row)).toEqual(withoutPayload(one));
          expect(table.pageOf(row)).toBe(page);
          expect(table.payloadSizeOf(row)).toBe(payloadSize(one));
          expect(headOf(one)).toEqual(table.headOf(row));
        }
      }),
      { numRuns: 300 },
    );
  });

  it("have equal keys only for equal heads", () => {
    fc.assert(
      fc.property(fc.array(anyMessage, { minLength: 2, maxLength: 30 }), (messages) => {
        const byKey = new Map<string, unknown>();
        for (const message of messages) {
          const head = headOf({ ...message, seq: 1, t: 1 });
          if (!isMessageHead(head)) throw new Error("not a message");
          const key = keyOfMessage(head);
          if (byKey.has(key)) expect(head).toEqual(byKey.get(key));
          byKey.set(key, head);
        }
      }),
      { numRuns: 500 },
    );
  });

  it("store equal heads once, in a block and in a table", () => {
    const { block } = packEvents(range(1, 1_000));
    expect(block.heads).toHaveLength(1);
    const table = new EventTable();
    const headCount = (): number =>
      new Set(Array.from({ length: table.length }, (_, row) => table.headNumberOf(row))).size;
    table.add("p", block);
    table.add("p", packEvents(range(1_001, 2_000, { target: "Tick" })).block);
    table.add("p", packEvents(range(2_001, 3_000)).block);
    expect(headCount()).toBe(2);
    table.add("q", block);
    expect(headCount()).toBe(3);
    expect(table.pageOf(3_500)).toBe("q");
  });

  it("can be added from any place of a block on", () => {
    const table = new EventTable();
    const { block } = packEvents([event(1, { kind: "socket-opened" }), ...range(2, 5)]);
    table.add("p", block, 2);
    expect(seqs([0, 1, 2].map((row) => table.eventOf(row)))).toEqual([3, 4, 5]);
    expect(table.lastSeqOf("p")).toBe(5);
    expect(table.lastSeqOf("q")).toBe(-1);
  });

  it("end where they end", () => {
    const { block } = packEvents(range(1, 2));
    expect(eventAt(block, 2)).toBeNull();
    expect(() => new EventTable().headOf(0)).toThrow(RangeError);
  });
});
