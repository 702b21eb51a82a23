import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { checkEvents, readEvent } from "../../../extension/core/events/guards.ts";
import { COMMAND_FIELDS } from "../../../extension/core/events/command-field.ts";
import { FAULT_DETAILS } from "../../../extension/core/faults/registry.ts";
import { script } from "./event-script.ts";

const AT = Date.UTC(2026, 10, 27);
const COUNTED = { direction: "in", type: 1, count: 2, bytes: 3 };
const OFFLINE = { name: "offline", target: { scope: "page" }, duration: 5_000 };

describe("readEvent", () => {
  it("accepts everything that the hook writes", () => {
    const { events } = script().connected();
    expect(events.map(readEvent)).toEqual(events);
  });

  it("never throws, and accepts nothing invalid", () => {
    fc.assert(
      fc.property(fc.anything(), (value) => {
        expect(readEvent(value)).toBeNull();
      }),
      { numRuns: 500 },
    );
  });

  it.each([
    { kind: "message", seq: 1, t: AT, socket: 1, direction: "in", type: 10, size: 1 },
    { kind: "message", seq: 1, t: AT, socket: 1, direction: "in", type: 1, size: -1 },
    { kind: "message", seq: 1.5, t: AT, socket: 1, direction: "in", type: 1, size: 1 },
    { kind: "message", seq: 1, t: Number.NaN, socket: 1, direction: "in", type: 1, size: 1 },
    { kind: "socket", seq: 1, t: AT, socket: 1, transport: "carrier pigeon", url: "https://host/hub" },
    { kind: "__proto__", seq: 1, t: 1 },
    { kind: "online", seq: 1, t: 0, online: true },
    { kind: "online", seq: 1, t: 1e300, online: true },
    { kind: "counts", seq: 1, t: AT, socket: 1, until: AT, counts: [{}] },
    { kind: "counts", seq: 1, t: AT, socket: 1, until: AT, counts: [{ ...COUNTED, count: 2 ** 53 - 1 }] },
    { kind: "counts", seq: 1, t: AT, socket: 1, until: AT, counts: [{ ...COUNTED, bytes: 2 ** 53 - 1 }] },
    { kind: "fault", seq: 1, t: AT, fault: 1, command: { name: "offline", target: { scope: {} } } },
    { kind: "fault", seq: 1, t: AT, fault: 1, command: { name: "offline", target: {} } },
    { kind: "fault", seq: 1, t: AT, fault: 1, command: { name: "offline", target: { scope: "galaxy" } } },
    { kind: "fault", seq: 1, t: AT, fault: 1, command: { name: "drop", target: { scope: "hub" } } },
    {
      kind: "fault",
      seq: 1,
      t: AT,
      fault: 1,
      command: { name: "drop", target: { scope: "share", seed: 1 } },
    },
  ])("rejects $kind with a wrong field (case %#)", (value) => {
    expect(readEvent(value)).toBeNull();
  });

  const message = { kind: "message", seq: 1, t: AT, socket: 1, direction: "in", type: 1, size: 1 };

  it.each([
    ["in an event", { ...message, secret: "hunter2" }, message],
    [
      "in a count",
      { kind: "counts", seq: 1, t: AT, socket: 1, until: AT, counts: [{ ...COUNTED, secret: "hunter2" }] },
      { kind: "counts", seq: 1, t: AT, socket: 1, until: AT, counts: [COUNTED] },
    ],
    [
      "in a fault's command and target",
      {
        kind: "fault",
        seq: 1,
        t: AT,
        fault: 1,
        command: { ...OFFLINE, secret: 1, target: { scope: "page", x: 1 } },
      },
      { kind: "fault", seq: 1, t: AT, fault: 1, command: OFFLINE },
    ],
  ])("removes an unknown field %s", (_where, value, expected) => {
    expect(readEvent(value)).toEqual(expected);
  });

  it("shortens and marks texts that are too long", () => {
    const long = "x".repeat(9 * 1024 * 1024);
    expect(readEvent({ ...message, target: long })).toMatchObject({ target: `${"x".repeat(19_999)}…` });
    expect(readEvent({ ...message, payload: long })).toMatchObject({
      payload: "x".repeat(8 * 1024 * 1024),
      truncated: true,
    });
    const streamIds = Array.from({ length: 2_000 }, String);
    expect(readEvent({ ...message, streamIds })).toMatchObject({
      streamIds: [...streamIds.slice(0, 1_000), "…"],
    });
  });

  it("knows every parameter that a fault has", () => {
    const names = Object.values(FAULT_DETAILS).flatMap(({ parameters }) => Object.keys(parameters));
    expect([...COMMAND_FIELDS].sort()).toEqual([...new Set(names)].sort());
  });
});

describe("checkEvents", () => {
  it("replaces rejected events by a `dropped` event", () => {
    const [first, second, third] = script().connected().events;
    expect(checkEvents([first, { ...second, kind: "nonsense" }, third])).toEqual([
      first,
      { kind: "dropped", where: "relay", count: 1, seq: 2, t: third?.t },
      third,
    ]);
  });

  it("counts a rejected first event, and a rejected event that is alone in its batch", () => {
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

  it("keeps the first of two events with the same seq, and never uses the seq of a later event for its note", () => {
    const [first, second, third] = script().connected().events;
    const twin = { ...third, seq: second?.seq };
    expect(checkEvents([first, second, twin])).toEqual([first, second]);
    expect(checkEvents([first, second, { ...third, kind: "nonsense" }])).toEqual([
      first,
      second,
      { kind: "dropped", where: "relay", count: 1, seq: 3, t: second?.t },
    ]);
  });

  it("returns seqs in order and none twice, whatever a page sends", () => {
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
