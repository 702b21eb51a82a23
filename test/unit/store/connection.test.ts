/** Tests the database while others change it: newer versions, deletion, and a full disk. */
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import fc from "fast-check";
import { deleteDB, openDB } from "idb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { openStore, type Store } from "../../../extension/store/store.ts";
import { DATABASE, DATABASE_VERSION } from "../../../extension/store/schema.ts";
import { START, event, lost, origin, range, read, seqs } from "../fakes/events.ts";

let store: Store;
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  store = openStore();
});

const open = (version?: number, options: Parameters<typeof openDB>[2] = {}) =>
  openDB(DATABASE, version, options);

describe("opening a newer version of the database in another part of the extension", () => {
  it("is not blocked by our connection, and finds everything that was stored", async () => {
    await store.append(origin("p"), range(1, 3));
    const blocked = vi.fn();
    const newer = await open(DATABASE_VERSION + 1, { blocked });
    expect(blocked).not.toHaveBeenCalled();
    expect(await newer.count("segments")).toBe(1);
    newer.close();
  });

  it("waits for running transactions", async () => {
    await store.append(origin("p"), range(1, 3));
    const append = store.append(origin("p"), range(4, 6));
    const newer = await open(DATABASE_VERSION + 1);
    expect(await append).toMatchObject({ storedUpTo: 6 });
    expect(await newer.count("segments")).toBe(2);
    newer.close();
  });

  it("makes our connection reject later requests instead of waiting for ever", async () => {
    await store.append(origin("p"), range(1, 3));
    (await open(DATABASE_VERSION + 1)).close();
    await expect(store.append(origin("p"), range(4, 6))).rejects.toMatchObject({ name: "VersionError" });
    await expect(store.settings()).rejects.toMatchObject({ name: "VersionError" });
  });
});

describe("a database that can't be opened at first", () => {
  it("is opened at the next request", async () => {
    (await open(DATABASE_VERSION + 1)).close();
    await expect(store.append(origin("p"), range(1, 3))).rejects.toMatchObject({ name: "VersionError" });
    await deleteDB(DATABASE);
    expect(await store.append(origin("p"), range(1, 3))).toMatchObject({ storedUpTo: 3 });
  });

  it("is opened once for all requests at the same time", async () => {
    const asked = vi.spyOn(indexedDB, "open");
    await Promise.all([store.settings(), store.pages(), store.append(origin("p"), range(1, 3))]);
    expect(asked).toHaveBeenCalledTimes(1);
  });
});

describe("a disk without room", () => {
  it("leaves a recording as it was: neither its events nor its row are half written", async () => {
    await store.append(origin("p"), range(1, 3));
    const before = await store.page("p");
    const native = IDBObjectStore.prototype.put;
    const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (
      this: IDBObjectStore,
      value: unknown,
    ) {
      const request = native.call(this, value);
      // As in a browser, the transaction is aborted when there is no room for a request.
      if (this.name === "pages") this.transaction.abort();
      return request;
    });
    await expect(store.append(origin("p"), range(4, 6))).rejects.toThrow();
    put.mockRestore();
    expect(await store.page("p")).toEqual(before);
    expect(seqs(await read(store, "p"))).toEqual([1, 2, 3]);
    expect(await store.append(origin("p"), range(4, 6))).toMatchObject({ storedUpTo: 6, events: 6 });
  });
});

describe("a recording to which events are appended", () => {
  const MiB = 1024 * 1024;
  /** Each event is stored, or counted in a note, exactly once and in order. */
  const payloads = (from: number, to: number) => range(from, to, { payload: "x".repeat(64 * 1024) });

  it("loses no event without a note, even if it is trimmed, read, pinned or removed meanwhile", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom("append", "append", "append", "trim", "pin", "read", "forget"), {
          minLength: 3,
          maxLength: 14,
        }),
        async (steps) => {
          globalThis.indexedDB = new IDBFactory();
          store = openStore();
          await store.changeSettings((now) => ({ ...now, maxTotalSize: MiB }));
          let seq = 0;
          const all: Promise<unknown>[] = [];
          for (const step of steps) {
            if (step === "append") all.push(store.append(origin("p"), payloads(seq + 1, (seq += 8))));
            else if (step === "trim") all.push(store.enforceRetention(START + 60_000));
            else if (step === "pin") all.push(store.setPinned("p", false));
            else if (step === "forget") all.push(store.forgetConnections("p"));
            else all.push(read(store, "p"));
          }
          await Promise.all(all);
          const stored = await read(store, "p");
          const notes = stored.filter(({ kind }) => kind === "dropped").length;
          expect(stored.length - notes + lost(stored)).toBe(seq);
          expect(seqs(stored)).toEqual([...new Set(seqs(stored))].sort((a, b) => a - b));
          if (seq > 0) expect(await store.page("p")).toMatchObject({ storedUpTo: seq, events: seq });
        },
      ),
      { numRuns: 25 },
    );
  });

  it("begins anew when it was removed: it contains only later events", async () => {
    await store.append(origin("p"), range(1, 3));
    const [appended] = await Promise.all([store.append(origin("p"), [event(4)]), store.removeRecording("p")]);
    expect(appended.storedUpTo).toBe(4);
    await store.append(origin("p"), range(5, 6));
    expect(seqs(await read(store, "p"))).toEqual([5, 6]);
    expect(await store.page("p")).toMatchObject({ storedUpTo: 6, events: 2 });
  });
});
