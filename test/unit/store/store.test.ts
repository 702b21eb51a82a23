import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { openStore, type Store } from "../../../extension/store/store.ts";
import { START, event, origin, range, read, seqs } from "../fakes/events.ts";

const all = async (store: Store, page: string, after = 0): Promise<number[]> =>
  seqs(await read(store, page, after));

let store: Store;
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  store = openStore();
});

describe("user data", () => {
  it("is still there when the database is opened again, and independent of settings", async () => {
    expect(await store.userData("scenarios")).toBeUndefined();
    await store.changeUserData("scenarios", () => [{ name: "one" }]);
    expect(await store.userData("scorecards")).toBeUndefined();
    store.close();
    store = openStore();
    expect(await store.userData("scenarios")).toEqual([{ name: "one" }]);
    await store.clear({ keepPinned: false });
    expect(await store.userData("scenarios")).toEqual([{ name: "one" }]);
  });

  it("loses nothing when two panels change it at the same time", async () => {
    const other = openStore();
    const add = (name: string) => (old: unknown) => [...((old as string[] | undefined) ?? []), name];
    await Promise.all([
      store.changeUserData("scorecards", add("a")),
      other.changeUserData("scorecards", add("b")),
    ]);
    expect(await store.userData("scorecards")).toHaveLength(2);
    other.close();
  });
});

describe("append", () => {
  it("stores each event once, no matter how batches are resent", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(30), fc.integer({ min: 1, max: 30 })), { minLength: 1, maxLength: 12 }),
        async (resends) => {
          globalThis.indexedDB = new IDBFactory();
          const fresh = openStore();
          let acknowledged = 0;
          let sent = 0;
          for (const [back, count] of resends) {
            // The relay continues after the last acknowledged event, and may have missed the last answers.
            const from = Math.max(1, acknowledged + 1 - back);
            sent = Math.max(sent, from + count - 1);
            acknowledged = (await fresh.append(origin("p"), range(from, Math.max(sent, from + count - 1))))
              .storedUpTo;
          }
          expect(await all(fresh, "p")).toEqual(seqs(range(1, sent)));
          expect((await fresh.page("p"))?.events).toBe(sent);
        },
      ),
      { numRuns: 60 },
    );
  });

  it("can be read from any seq on, also from the middle of a segment", async () => {
    await store.append(origin("p"), range(1, 10));
    await store.append(origin("p"), range(11, 12));
    await store.append(origin("q"), range(1, 3));
    for (let after = 0; after <= 12; after++)
      expect(await all(store, "p", after)).toEqual(seqs(range(after + 1, 12)));
  });
});

describe("retention", () => {
  const DAY = 24 * 3_600_000;
  it("removes old recordings as a whole, and keeps pinned ones", async () => {
    await store.append(origin("old"), range(1, 2));
    await store.append(origin("frame", "old"), range(1, 2));
    await store.append(origin("pinned"), range(1, 2));
    await store.setPinned("pinned", true);
    expect(await store.enforceRetention(START + 8 * DAY)).toEqual(["old"]);
    expect((await store.pages()).map(({ page }) => page)).toEqual(["pinned"]);
    expect(await all(store, "frame")).toEqual([]);
    expect(await all(store, "pinned")).toEqual([1, 2]);
  });

  it("removes the oldest first until the rest fits", async () => {
    await store.changeSettings((now) => ({ ...now, maxTotalSize: 1024 * 1024 }));
    for (const [i, name] of ["a", "b", "c"].entries()) {
      const events = range(1, 8_000).map((e) => ({ ...e, t: e.t + i * 100_000 }));
      await store.append(origin(name), events);
    }
    expect(await store.enforceRetention(START + 1_000_000)).toEqual(["a", "b"]);
  });

  it("counts real bytes: 64 KB of MessagePack are not 121", async () => {
    const binary = "A".repeat(87_384);
    const { bytes } = await store.append(origin("p"), [{ ...event(1), binary } as RecordedEvent]);
    expect(bytes).toBe(JSON.stringify({ ...event(1), binary }).length);
  });
});

describe("settings", () => {
  it("survive invalid data in the database", async () => {
    const nonsense = { recording: "yes", maxAge: -5, payloadSites: [1, "https://a", "https://a"] };
    await store.changeSettings(() => nonsense as never);
    expect(await store.settings()).toMatchObject({
      recording: true,
      maxAge: 7 * DAY_7,
      payloadSites: ["https://a"],
    });
  });
  const DAY_7 = 24 * 3_600_000;
});

describe("clear", () => {
  it("keeps pinned recordings", async () => {
    await store.append(origin("a"), range(1, 2));
    await store.append(origin("b"), range(1, 2));
    await store.setPinned("b", true);
    await store.clear({ keepPinned: true });
    expect((await store.pages()).map(({ page }) => page)).toEqual(["b"]);
    await store.removeRecording("b");
    expect(await all(store, "b")).toEqual([]);
  });
});
