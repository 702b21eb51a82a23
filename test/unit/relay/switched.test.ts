import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { createDelivery, type Delivery } from "../../../content-script/relay/delivery.ts";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { event, seqs } from "../fakes/events.ts";
import { MODE, fakeBackground, type FakeBackground } from "../fakes/fake-background.ts";

let background: FakeBackground;
let delivery: Delivery;

beforeEach(() => {
  vi.useFakeTimers();
  let pages = 0;
  background = fakeBackground();
  delivery = createDelivery({
    newPage: () => `p${++pages}`,
    runtime: background.runtime,
    about: () => ({ top: true, url: "https://a.example/", origin: "https://a.example" }),
    modeChanged: () => undefined,
    orphaned: () => undefined,
  });
});
afterEach(() => {
  vi.useRealTimers();
});

const later = (time: number): Promise<unknown> => vi.advanceTimersByTimeAsync(time);

describe("recording that is switched off and on again on a live page", () => {
  const page = (seq: number): RecordedEvent => event(seq, { kind: "page", probe: true });
  const ended = (seq: number): RecordedEvent =>
    event(seq, { kind: "recording-ended", reason: "switched-off" });
  const delivered = (): [string, number[]][] =>
    background.sent
      .filter(({ events }) => events.length > 0)
      .map(({ page: id, events }) => [id, seqs(events)]);

  it("ends one recording, and begins another one with its own id", async () => {
    delivery.add([page(1), event(2, { kind: "socket-opened" })]);
    await later(0);
    expect(delivery.page).toBe("p1");
    background.mode = { ...MODE, record: false };
    delivery.askMode();
    await later(0);
    delivery.add([ended(3)]);
    await later(0);
    // Frames ask for the id of their top page, and may be faster than it.
    expect(delivery.page).toBe("p2");
    expect(background.sent.at(-1)).toMatchObject({ page: "p1", connections: 0 });
    background.mode = MODE;
    delivery.askMode();
    await later(0);
    delivery.add([page(4), event(5)]);
    await later(0);
    expect(delivered()).toEqual([
      ["p1", [1, 2]],
      ["p1", [3]],
      ["p2", [4, 5]],
    ]);
  });

  it("never mixes two recordings in one message, not even after a long failure or in last events", async () => {
    await later(0);
    background.down = true;
    delivery.add([page(1), event(2), ended(3), page(4), event(5), ended(6), page(7)]);
    await later(0);
    background.down = false;
    delivery.addLast([event(8)]);
    await later(10_000);
    const pages = new Map(delivered().flatMap(([id, numbers]) => numbers.map((seq) => [seq, id])));
    expect(Object.fromEntries(pages)).toEqual({
      ...{ 1: "p1", 2: "p1", 3: "p1", 4: "p2", 5: "p2", 6: "p2", 7: "p3", 8: "p3" },
    });
    for (const { events, after } of background.sent)
      if (events[0]?.kind === "page") expect(after).toBeUndefined();
    expect(background.stored.some(({ kind }) => kind === "dropped")).toBe(false);
  });

  it("drops events that the page sends before it knows that recording is off, even if it is on again by then", async () => {
    delivery.add([page(1), event(2)]);
    await later(0);
    background.mode = { ...MODE, record: false };
    delivery.askMode();
    await later(0);
    background.mode = MODE;
    delivery.askMode();
    await later(0);
    delivery.add([event(3), event(4), ended(5), page(6), event(7)]);
    await later(0);
    expect(delivered()).toEqual([
      ["p1", [1, 2]],
      ["p1", [5]],
      ["p2", [6, 7]],
    ]);
  });

  it("begins only one recording after an end that arrives twice: over the port, and with the last events", async () => {
    delivery.add([page(1), ended(2), page(3)]);
    await later(0);
    delivery.addLast([ended(2), page(3), event(4)]);
    await later(0);
    expect(delivery.page).toBe("p2");
    expect(delivered().at(-1)).toEqual(["p2", [4]]);
  });

  it("keeps waiting events of one recording when the last events of the next one are stored first", async () => {
    background.fate = ({ page: id }) => (id === "p1" ? "lose" : "store");
    delivery.addLast([page(1), event(2), ended(3), page(4), event(5)]);
    await later(0);
    expect(seqs(background.stored)).toEqual([4, 5]);
    background.fate = () => "store";
    // Back from the cache.
    delivery.add([event(6)]);
    await later(0);
    expect(seqs(background.stored).sort()).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("sends no end for a recording that never existed", async () => {
    background.mode = { ...MODE, record: false };
    delivery.add([page(1)]);
    await later(0);
    delivery.add([ended(2)]);
    await later(60_000);
    expect(background.stored).toEqual([]);
    expect(delivered()).toEqual([["p1", [2]]]);
  });

  it("removes what the client probe found before the hook knew that the probe is off", async () => {
    background.mode = { ...MODE, probe: false };
    delivery.add([page(1), event(2, { kind: "hub" }), event(3, { kind: "socket" })]);
    await later(0);
    delivery.add([event(4, { kind: "hub-state" }), event(5)]);
    await later(0);
    expect(background.stored).toMatchObject([{ seq: 1, probe: false }, { seq: 3 }, { seq: 5 }]);
  });
});
