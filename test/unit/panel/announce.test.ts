import { describe, expect, it } from "vitest";
import type { StoredEvents } from "../../../panel/state/file-orders.ts";
import { createAnnouncer } from "../../../panel/state/files/announce.ts";

const at = (page: string, upTo: number): StoredEvents => ({ recording: "r", page, upTo });

describe("what is told of a growing recording", () => {
  it("is its first events at once, then each quarter more, and its end", () => {
    const told: number[] = [];
    const announcer = createAnnouncer(({ upTo }) => told.push(upTo));
    for (let events = 5_000; events <= 1_000_000; events += 5_000) announcer.stored(at("p", events), events);
    announcer.flush();
    announcer.flush();
    expect(told.slice(0, 6)).toEqual([5_000, 10_000, 15_000, 20_000, 25_000, 35_000]);
    expect(told.at(-1)).toBe(1_000_000);
    expect(told.length).toBeLessThan(30);
  });

  it("is the newest of each page", () => {
    const told: StoredEvents[] = [];
    const announcer = createAnnouncer((stored) => told.push(stored));
    announcer.stored(at("p", 100), 100);
    announcer.stored(at("q", 5), 105);
    announcer.stored(at("q", 9), 109);
    announcer.stored(at("s", 40), 149);
    announcer.stored(at("s", 41), 150);
    announcer.flush();
    expect(told).toEqual([at("p", 100), at("q", 9), at("s", 40), at("s", 41)]);
  });
});
