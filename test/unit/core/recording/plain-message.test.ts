/** What passes the quick check is what the table of all events would make of it. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readEvent } from "../../../../extension/core/events/guards.ts";
import { isPlainMessage } from "../../../../extension/core/recording/plain-message.ts";

const GOOD = {
  kind: "message",
  seq: 1,
  t: 1_764_200_000_000,
  socket: 1,
  direction: "in",
  type: 1,
  size: 5,
  target: "a",
  invocationId: "1",
  payload: "x",
};
const anyValue = fc.oneof(
  fc.constantFrom<unknown>(
    null,
    true,
    "",
    "in",
    "out",
    "message",
    -1,
    0,
    1.5,
    9,
    10,
    946_684_799_999,
    2 ** 53,
  ),
  fc.constantFrom<unknown>([], {}, ["in"], "x".repeat(20_000), "x".repeat(20_001)),
);

describe("the quick check for messages", () => {
  it("passes nothing that the table would refuse or change", () => {
    let passed = 0;
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...Object.keys(GOOD), "fault", "unknown", "__proto__"), anyValue), {
          maxLength: 2,
        }),
        fc.array(fc.constantFrom(...Object.keys(GOOD)), { maxLength: 2 }),
        (changed, removed) => {
          const fields = Object.entries(GOOD).filter(([name]) => !removed.includes(name));
          const text = [...fields, ...changed].map(([name, value]) => `"${name}":${JSON.stringify(value)}`);
          const value = JSON.parse(`{${text.join()}}`) as Record<string, unknown>;
          if (!isPlainMessage(value)) return;
          passed++;
          expect(readEvent(value)).toEqual(value);
          expect(Object.keys(readEvent(value) ?? {}).sort()).toEqual(Object.keys(value).sort());
        },
      ),
      { numRuns: 2_000 },
    );
    expect(passed).toBeGreaterThan(200);
  });

  it("passes the usual messages, with and without a payload", () => {
    const { target: _target, invocationId: _id, payload: _payload, ...least } = GOOD;
    for (const value of [GOOD, least, { ...least, payload: "x" }]) expect(isPlainMessage(value)).toBe(true);
  });
});
