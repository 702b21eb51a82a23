import fc from "fast-check";
import { expect, it } from "vitest";
import { packEvents } from "../../../../extension/core/columns/event-block.ts";
import { sizeOfPacked } from "../../../../extension/core/columns/packed-size.ts";
import { sizeOfEvents } from "../../../../extension/core/events/event-size.ts";
import type { RecordedEvent } from "../../../../extension/core/events/events.ts";
import { anyText } from "../../fakes/any-text.ts";
import { event } from "../../fakes/events.ts";
import { anyEvent } from "../any-event.ts";

const anyNumber = fc.oneof(fc.nat(), fc.constantFrom(0, 9, 10, 99, 100, 1e14, 1e15, 2 ** 53 - 1));
const anyPayload = fc.oneof(
  anyText({ maxLength: 30 }),
  fc.constantFrom("", "\n", '"', "\ud800", "é", "x".repeat(300)),
);
const anyMessage = fc.record(
  {
    size: anyNumber,
    invocationId: fc.oneof(fc.constantFrom("0", "7", "007", "x", ""), fc.nat().map(String)),
    payload: anyPayload,
    binary: fc.constantFrom("", "gqE="),
    target: anyText({ maxLength: 3 }),
  },
  { requiredKeys: ["size"] },
);

it("is the size of the events", () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(anyEvent, anyMessage), { maxLength: 20 }),
      fc.constantFrom(0, 0.25),
      (given, part) => {
        let seq = 0;
        const events = given.map((fields): RecordedEvent => {
          const stamp = { seq: (seq += 9), t: 1_764_200_000_000 + seq + part };
          return "kind" in fields ? { ...fields, ...stamp } : { ...event(seq), ...fields, ...stamp };
        });
        expect(sizeOfPacked(packEvents(events))).toBe(sizeOfEvents(events));
      },
    ),
    { numRuns: 1_000 },
  );
});
