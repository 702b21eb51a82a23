import fc from "fast-check";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { MAX_TRIES, createDelivery, type Delivery } from "../../../content-script/relay/delivery.ts";
import { sizeOfEvents } from "../../../extension/core/events/event-size.ts";
import { event, lost, numbers, range, seqs } from "../fakes/events.ts";
import { MODE, fakeBackground, type FakeBackground } from "../fakes/fake-background.ts";

let background: FakeBackground;
let delivery: Delivery;
let told: unknown[];
let orphaned: number;

function deliver(): Delivery {
  return createDelivery({
    newPage: () => "p",
    runtime: background.runtime,
    about: () => ({ top: true, url: "https://a.example/", origin: "https://a.example" }),
    modeChanged: (mode) => told.push(mode),
    orphaned: () => orphaned++,
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  background = fakeBackground();
  told = [];
  orphaned = 0;
  delivery = deliver();
});
afterEach(() => {
  vi.useRealTimers();
});

const later = (time: number): Promise<unknown> => vi.advanceTimersByTimeAsync(time);

describe("delivery", () => {
  it("stores every event once and in order, even if messages get lost, unless it is rejected too often", async () => {
    vi.useRealTimers();
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom<"store" | "lose" | "answer">("store", "lose", "answer"), {
          maxLength: MAX_TRIES - 1,
        }),
        fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1, maxLength: 8 }),
        async (fates, sizes) => {
          vi.useFakeTimers();
          background = fakeBackground();
          background.fate = () => fates.shift() ?? "store";
          delivery = deliver();
          let seq = 0;
          for (const size of sizes) {
            delivery.add(range(seq + 1, seq + size));
            seq += size;
            await later(100);
          }
          await later(120_000);
          expect(lost(background.stored)).toBe(0);
          expect(seqs(background.stored)).toEqual(numbers(seq));
          vi.useRealTimers();
        },
      ),
      { numRuns: 60 },
    );
  });

  it("splits batches by size: 80 MB of payloads arrive, although one message may have at most 64 MiB", async () => {
    background.mode = { ...MODE, payloadCap: 8 * 1024 * 1024 };
    const payload = "x".repeat(1024 * 1024);
    for (let seq = 1; seq <= 80; seq += 20) {
      delivery.add(range(seq, seq + 19, { payload }));
      await later(1_000);
    }
    expect(seqs(background.stored)).toEqual(numbers(80));
    expect(lost(background.stored)).toBe(0);
    // Each event is a little larger than a megabyte.
    for (const { events } of background.sent) expect(events.length).toBeLessThan(8);
  });

  it("measures the size of a payload in JSON, where control characters take six times their length", async () => {
    const payload = "\u0001".repeat(1024 * 1024);
    delivery.add(range(1, 2, { payload }));
    await later(1_000);
    expect(seqs(background.stored)).toEqual([1, 2]);
  });

  it("cuts a single event that is too large, and records that", async () => {
    delivery.add([event(1), event(2, { payload: "\u0001".repeat(8 * 1024 * 1024) }), event(3)]);
    await later(1_000);
    expect(background.stored[1]).toMatchObject({ seq: 2, kind: "message", truncated: true });
    expect(background.stored[1]).not.toHaveProperty("payload");
    expect(seqs(background.stored)).toEqual([1, 2, 3]);
  });

  it("counts an event that the background always rejects as dropped, and continues", async () => {
    background.fate = ({ events }) =>
      events.some(({ seq, kind }) => seq === 7 && kind === "message") ? "lose" : "store";
    delivery.add(range(1, 20));
    await later(60_000);
    expect(seqs(background.stored)).toEqual(numbers(20));
    expect(background.stored[6]).toMatchObject({ kind: "dropped", where: "relay", count: 1 });
    expect(lost(background.stored)).toBe(1);
  });

  it("drops nothing while the background can't be reached", async () => {
    background.down = true;
    delivery.add([event(1)]);
    await later(600_000);
    background.down = false;
    await later(5_000);
    expect(background.stored).toEqual([event(1)]);
  });

  it("limits waiting events in bytes: drops and counts the oldest messages, and keeps the lifecycle", async () => {
    background.down = true;
    const payload = "x".repeat(512 * 1024);
    delivery.add([event(1, { kind: "socket-opened" })]);
    for (let seq = 2; seq <= 201; seq += 10) delivery.add(range(seq, seq + 9, { payload }));
    background.down = false;
    await later(10_000);
    expect(background.stored[0]).toMatchObject({ seq: 1, kind: "socket-opened" });
    expect(background.stored.at(-1)?.seq).toBe(201);
    const messages = background.stored.filter(({ kind }) => kind === "message");
    expect(lost(background.stored) + messages.length).toBe(200);
    expect(sizeOfEvents(background.stored)).toBeLessThan(33 * 1024 * 1024);
    expect(seqs(background.stored)).toEqual([...seqs(background.stored)].sort((a, b) => a - b));
  });

  it("also drops events of failed appends, as they are the oldest", async () => {
    delivery.add([event(1, { kind: "page" })]);
    await later(0);
    background.fate = () => "lose";
    const payload = "x".repeat(512 * 1024);
    delivery.add(range(2, 5, { payload }));
    await later(0);
    expect(background.sent.at(-1)?.events.map(({ seq }) => seq)).toEqual([2, 3, 4, 5]);
    // Before the next attempt, add more than there is room for.
    for (let seq = 6; seq <= 85; seq += 10) delivery.add(range(seq, seq + 9, { payload }));
    background.fate = () => "store";
    await later(10_000);
    const kept = background.stored.filter(({ kind }) => kind === "message");
    expect(seqs(kept)).toEqual(seqs(range(86 - kept.length, 85)));
    expect(lost(background.stored)).toBe(84 - kept.length);
  });

  it("never drops events that are being sent, but the oldest of the others", async () => {
    delivery.add([event(1, { kind: "page" })]);
    await later(0);
    const payload = "x".repeat(512 * 1024);
    delivery.add(range(2, 5, { payload }));
    for (let seq = 6; seq <= 85; seq += 10) delivery.add(range(seq, seq + 9, { payload }));
    await later(10_000);
    expect(seqs(background.stored).slice(0, 5)).toEqual(numbers(5));
    expect(lost(background.stored)).toBeGreaterThan(0);
    const kept = background.stored.filter(({ kind }) => kind !== "dropped");
    expect(lost(background.stored) + kept.length).toBe(85);
  });

  it("limits lifecycle events, too, and never drops the page event", async () => {
    background.down = true;
    delivery.add([event(1, { kind: "page" })]);
    for (let seq = 2; seq <= 200_001; seq += 10_000)
      delivery.add(range(seq, seq + 9_999, { kind: "online" }));
    background.down = false;
    await later(10_000);
    expect(background.stored[0]).toMatchObject({ kind: "page" });
    expect(background.stored.length).toBeLessThan(60_001);
    expect(lost(background.stored) + background.stored.length - 1).toBe(200_001);
  });

  it("sends a page's last events in pieces, so that the store notices a missing one", async () => {
    const payload = "x".repeat(1024 * 1024);
    delivery.addLast(range(1, 12, { payload }));
    await later(0);
    const pieces = background.sent.filter(({ events }) => events.length > 0);
    expect(pieces.length).toBeGreaterThan(2);
    expect(pieces.flatMap(({ events }) => seqs(events))).toEqual(numbers(12));
    expect(pieces[0]?.after).toBeUndefined();
    for (const [i, piece] of pieces.entries())
      if (i > 0) expect(piece.after).toBe(pieces[i - 1]?.events.at(-1)?.seq);
  });

  it("delivers events that arrive again with the last events only once", async () => {
    background.down = true;
    delivery.add(range(1, 5));
    delivery.addLast(range(3, 8));
    background.down = false;
    await later(5_000);
    expect(seqs(background.stored)).toEqual(numbers(8));
  });

  it("reports no open connections when the page is left, and counts again when it returns", async () => {
    delivery.add([event(1, { kind: "socket-opened" })]);
    await later(0);
    expect(background.sent.at(-1)?.connections).toBe(1);
    delivery.addLast([event(2, { kind: "lifecycle", phase: "pagehide", persisted: true })]);
    await later(0);
    expect(background.sent.at(-1)?.connections).toBe(0);
    delivery.add([event(3, { kind: "lifecycle", phase: "pageshow", persisted: true })]);
    await later(0);
    expect(background.sent.at(-1)?.connections).toBe(1);
  });

  it("doesn't count a connection as open again if its opening arrives a second time after its end", async () => {
    const opened = event(1, { kind: "socket-opened" });
    delivery.addLast([opened, event(2, { kind: "socket-closed", code: 1000 })]);
    delivery.add([opened]);
    delivery.add([event(3)]);
    await later(0);
    expect(background.sent.at(-1)?.connections).toBe(0);
  });

  it("shortens the address: that of a data: page contains the whole page", async () => {
    delivery = createDelivery({
      newPage: () => "p",
      runtime: background.runtime,
      about: () => ({ top: true, url: `data:text/html,${"x".repeat(1024 * 1024)}`, origin: "null" }),
      modeChanged: () => undefined,
      orphaned: () => undefined,
    });
    delivery.add([event(1)]);
    await later(0);
    for (const { url } of background.sent) expect(url.length).toBeLessThanOrEqual(2_000);
  });
});

describe("the recording mode", () => {
  it("delivers the payloads of the first batch after the panel was opened", async () => {
    background.mode = { ...MODE, payloads: false };
    delivery.add([event(1, { payload: "before" })]);
    await later(0);
    expect(background.stored[0]).not.toHaveProperty("payload");
    background.mode = MODE;
    delivery.askMode();
    await later(0);
    expect(told.at(-1)).toEqual(MODE);
    delivery.add([event(2, { payload: "after" })]);
    await later(0);
    expect(background.stored[1]).toMatchObject({ payload: "after" });
  });

  it("applies the payload limit also to events that the hook sent before it knew the limit", async () => {
    background.mode = { ...MODE, payloadCap: 6 };
    delivery.add([event(1, { payload: "a long text" }), event(2, { binary: "AAECAwQFBgc=" })]);
    await later(0);
    expect(background.stored).toMatchObject([
      { payload: "a long", truncated: true },
      { binary: "AAECAwQF", truncated: true },
    ]);
  });

  it("is requested until there is an answer, even if no events are waiting", async () => {
    delivery.add([event(1)]);
    await later(0);
    background.down = true;
    delivery.askMode();
    await later(0);
    background.mode = { ...MODE, payloads: false };
    background.down = false;
    await later(60_000);
    expect(told).toEqual([MODE, background.mode]);
  });

  it("is requested before events are sent again, as payloads may no longer be wanted", async () => {
    delivery.add([event(1)]);
    await later(0);
    background.fate = () => "lose";
    delivery.add([event(2, { payload: "a secret" })]);
    await later(0);
    background.fate = () => "store";
    background.mode = { ...MODE, payloads: false };
    await later(60_000);
    expect(seqs(background.stored)).toEqual([1, 2]);
    expect(background.stored[1]).not.toHaveProperty("payload");
  });

  it("delivers nothing while recording is off", async () => {
    background.mode = { ...MODE, record: false };
    delivery.add([event(1)]);
    await later(0);
    delivery.add([event(2)]);
    background.mode = MODE;
    delivery.askMode();
    await later(0);
    delivery.add([event(3, { kind: "page" })]);
    await later(0);
    expect(seqs(background.stored)).toEqual([3]);
  });
});

describe("a disk that is full", () => {
  it("makes the relay retry every half minute, not with every batch, and nothing is lost meanwhile", async () => {
    background.full = true;
    for (let seq = 1; seq <= 100; seq++) {
      delivery.add([event(seq)]);
      await later(100);
    }
    expect(background.sent.filter(({ events }) => events.length > 0)).toHaveLength(1);
    background.full = false;
    await later(30_000);
    expect(seqs(background.stored)).toEqual(numbers(100));
  });
});

describe("an orphaned relay", () => {
  it("stops at once when the extension was reloaded, updated or disabled", async () => {
    delivery.add([event(1)]);
    await later(0);
    background.alive = false;
    delivery.add([event(2)]);
    expect(orphaned).toBe(1);
    delivery.add([event(3)]);
    delivery.addLast([event(4)]);
    await later(60_000);
    expect(orphaned).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
    expect(seqs(background.stored)).toEqual([1]);
  });

  it("notices that also if an answer is missing", async () => {
    background.fate = () => {
      background.alive = false;
      return "lose";
    };
    delivery.add([event(1)]);
    await later(0);
    expect(orphaned).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });
});
