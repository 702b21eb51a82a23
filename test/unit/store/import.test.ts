import "fake-indexeddb/auto";
import { IDBFactory, IDBObjectStore } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { sizeOfEvents } from "../../../extension/core/events/event-size.ts";
import { createConnection, type Connection } from "../../../extension/store/connection.ts";
import {
  RecordingDeleted,
  beginImport,
  removeDeadImports,
  type ImportedPage,
} from "../../../extension/store/import.ts";
import { openStore, type Store } from "../../../extension/store/store.ts";
import { START, event, origin, range, read, seqs } from "../fakes/events.ts";

const NOW = 1_764_300_000_000;
const MINUTE = 60_000;

let store: Store;
let connection: Connection;
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  store = openStore();
  connection = createConnection();
});
afterEach(() => {
  vi.restoreAllMocks();
  connection.close();
  store.close();
});

const row = (page: string, upTo: number, recording = page): ImportedPage => ({
  ...{ page, recording, tabId: 0, frameId: 0, browserSession: 0, connections: 0, hubs: 1, interruptions: 0 },
  ...{ url: "https://board.example/", startedAt: START, lastAt: START + upTo, storedUpTo: upTo },
  ...{ events: upTo, imported: "a.json", importedAt: NOW },
});
/** How many records of each kind are in the database. */
const stored = () =>
  connection.use(async (db) => ({
    pages: await db.count("pages"),
    segments: await db.count("segments"),
    imports: Object.keys((await db.get("values", "imports")) ?? {}).length,
  }));

describe("an import", () => {
  it("shows what it has stored while it goes on, and is a recording like any other at its end", async () => {
    const job = await beginImport(connection);
    const page = `${job.mark}1`;
    await job.add(page, range(1, 12_000), row(page, 12_000));
    expect(await store.pages()).toEqual([
      expect.objectContaining({
        page,
        importing: true,
        events: 12_000,
        bytes: sizeOfEvents(range(1, 12_000)),
      }),
    ]);
    expect(await read(store, page)).toEqual(range(1, 12_000));
    await job.add(page, range(12_001, 12_010), row(page, 12_010));
    await job.finish([{ ...row(page, 12_010), hubs: 7 }]);
    expect(seqs(await read(store, page, 11_999))).toEqual(seqs(range(12_000, 12_010)));
    expect(await store.pages()).toEqual([
      { ...row(page, 12_010), hubs: 7, pinned: false, bytes: sizeOfEvents(range(1, 12_010)) },
    ]);
    expect(await stored()).toEqual({ pages: 1, segments: 4, imports: 0 });
  });

  it("shows nothing of pages that can't be shown yet", async () => {
    const job = await beginImport(connection);
    await job.add(`${job.mark}1`, range(1, 10), null);
    expect(await store.pages()).toEqual([]);
    await job.finish([row(`${job.mark}1`, 10)]);
    expect(await store.pages()).toMatchObject([{ bytes: sizeOfEvents(range(1, 10)) }]);
  });

  it("keeps what was changed in its row meanwhile", async () => {
    const job = await beginImport(connection);
    const page = `${job.mark}1`;
    await job.add(page, range(1, 10, { payload: "x".repeat(200_000) }), row(page, 10));
    await store.setPinned(page, true);
    await job.add(page, range(11, 20), row(page, 20));
    expect(await store.pages()).toMatchObject([{ pinned: true }]);
    await store.setPinned(page, false);
    await store.changeSettings((now) => ({ ...now, maxTotalSize: 1024 * 1024 }));
    await store.enforceRetention(NOW);
    const trimmed = await store.page(page);
    expect(trimmed?.letGo?.payloads).toBeGreaterThan(0);
    await job.finish([row(page, 20)]);
    expect(await store.page(page)).toMatchObject({ letGo: trimmed?.letGo, bytes: trimmed?.bytes });
  });

  it("leaves nothing when it is cancelled, and touches nothing else", async () => {
    await store.append(origin("other"), range(1, 5));
    const another = await beginImport(connection);
    await another.add(`${another.mark}1`, range(1, 5), row(`${another.mark}1`, 5));
    const before = await stored();
    const job = await beginImport(connection);
    for (const name of ["1", "2"]) {
      const page = job.mark + name;
      await job.add(page, range(1, 6_000), name === "1" ? row(page, 6_000) : null);
    }
    expect(await stored()).toEqual({ pages: 3, segments: 6, imports: 2 });
    await job.cancel();
    expect(await stored()).toEqual(before);
    expect(await read(store, "other")).toEqual(range(1, 5));
    await another.finish([row(`${another.mark}1`, 5)]);
  });

  it("ends when the user removes the recording", async () => {
    const job = await beginImport(connection);
    const page = `${job.mark}1`;
    await job.add(page, range(1, 5), row(page, 5));
    await store.removeRecording(page);
    await expect(job.add(page, range(6, 9), row(page, 9))).rejects.toThrow(RecordingDeleted);
    expect(await stored()).toEqual({ pages: 0, segments: 0, imports: 1 });
    await job.cancel();
    expect(await stored()).toEqual({ pages: 0, segments: 0, imports: 0 });
  });

  it("doesn't bring a deleted recording back with its next frame", async () => {
    const job = await beginImport(connection);
    const [page, frame] = [`${job.mark}1`, `${job.mark}2`];
    await job.add(page, range(1, 5), row(page, 5));
    await store.removeRecording(page);
    await expect(job.add(frame, range(1, 5), row(frame, 5, page))).rejects.toThrow(RecordingDeleted);
    expect(await store.pages()).toEqual([]);
    await job.cancel();
  });

  it("ends when the recording is deleted while its events are to be sorted", async () => {
    const job = await beginImport(connection);
    const page = `${job.mark}1`;
    await job.add(page, range(5, 9), row(page, 9));
    await store.removeRecording(page);
    await expect(job.takeBack(page)).rejects.toThrow(RecordingDeleted);
    await job.cancel();
  });

  it("says that the disk is full, and can be cancelled then", async () => {
    const job = await beginImport(connection);
    const page = `${job.mark}1`;
    await job.add(page, range(1, 5), row(page, 5));
    const { put } = IDBObjectStore.prototype;
    vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (this: IDBObjectStore, value, key) {
      if (this.name === "segments") throw new DOMException("full", "QuotaExceededError");
      return put.call(this, value, key);
    });
    await expect(job.add(page, range(6, 9), row(page, 9))).rejects.toMatchObject({
      name: "QuotaExceededError",
    });
    expect(await store.page(page)).toMatchObject({ events: 5 });
    await job.cancel();
    expect(await stored()).toEqual({ pages: 0, segments: 0, imports: 0 });
  });

  it("gives a page back to be sorted", async () => {
    const job = await beginImport(connection);
    const page = `${job.mark}1`;
    await job.add(page, range(5, 9), row(page, 9));
    expect(await job.takeBack(page)).toEqual(range(5, 9));
    expect(await stored()).toEqual({ pages: 0, segments: 0, imports: 1 });
    // That it was taken back isn't that somebody has deleted it.
    await job.add(`${page}s`, range(1, 9), row(`${page}s`, 9));
    await job.finish([row(`${page}s`, 9)]);
    expect(await stored()).toEqual({ pages: 1, segments: 1, imports: 0 });
  });
});

describe("an import whose worker has died", () => {
  it("is removed when the next one begins, but not while it may be alive", async () => {
    let time = NOW;
    const dead = await beginImport(connection, () => time);
    await dead.add(`${dead.mark}1`, range(1, 6_000), row(`${dead.mark}1`, 6_000));
    await dead.add(`${dead.mark}2`, range(1, 5), null);
    time += MINUTE;
    const next = await beginImport(connection, () => time);
    expect(await stored()).toEqual({ pages: 1, segments: 3, imports: 2 });
    await next.add(`${next.mark}1`, [event(1)], null);
    time += 1;
    await removeDeadImports(connection, time);
    expect(await stored()).toEqual({ pages: 0, segments: 1, imports: 1 });
    // It was only asleep.
    await expect(dead.add(`${dead.mark}1`, [event(6_001)], null)).rejects.toThrow("interrupted for too long");
    await next.finish([row(`${next.mark}1`, 1)]);
    await removeDeadImports(connection, time + 5 * MINUTE);
    expect(await stored()).toEqual({ pages: 1, segments: 1, imports: 0 });
  });
});
