import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it } from "vitest";
import { sizeOfEvents } from "../../../extension/core/events/event-size.ts";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { createConnection } from "../../../extension/store/connection.ts";
import { beginImport } from "../../../extension/store/import.ts";
import { openStore, type Store } from "../../../extension/store/store.ts";
import { event, lost, origin, range, read as readPage } from "../fakes/events.ts";

const MB = 1024 * 1024;
const NOW = 1_764_200_000_000;

let store: Store;
beforeEach(async () => {
  globalThis.indexedDB = new IDBFactory();
  store = openStore();
  await store.changeSettings((now) => ({ ...now, maxTotalSize: MB }));
});

const read = (page: string): Promise<RecordedEvent[]> => readPage(store, page);

describe("a live recording that alone exceeds the limit", () => {
  it("loses its oldest payloads first, and keeps every event", async () => {
    for (let i = 0; i < 30; i++)
      await store.append(origin("p"), [event(i + 1, { payload: "x".repeat(64 * 1024) })]);
    expect(await store.enforceRetention(NOW)).toEqual(["p"]);
    const events = await read("p");
    expect(events).toHaveLength(30);
    const withPayload = events.map((one) => one.kind === "message" && one.payload !== undefined);
    expect(withPayload).toEqual([...withPayload].sort());
    expect(withPayload.filter(Boolean).length).toBeGreaterThan(10);
    const page = await store.page("p");
    expect(page?.bytes).toBe(sizeOfEvents(events));
    expect(page?.bytes).toBeLessThanOrEqual(MB);
    expect(page?.letGo).toEqual({ payloads: withPayload.filter((has) => !has).length, events: 0 });
  });

  it("then loses its oldest segments, but never what the model needs, and counts removed events", async () => {
    for (let i = 0; i < 20; i++) {
      const from = i * 1_000 + 1;
      await store.append(origin("p"), [
        event(from, { kind: "socket-opened", socket: i }),
        ...range(from + 1, from + 999),
      ]);
    }
    await store.enforceRetention(NOW);
    const events = await read("p");
    expect(events.filter(({ kind }) => kind === "socket-opened")).toHaveLength(20);
    const dropped = lost(events);
    expect(dropped).toBeGreaterThan(0);
    expect(events.filter(({ kind }) => kind === "message").length + dropped).toBe(20 * 999);
    expect(events.slice(-1_000)).toHaveLength(1_000);
    expect(events.at(-1)).toEqual(event(20_000));
    expect((await store.page("p"))?.letGo).toEqual({ payloads: 0, events: dropped });
    expect((await store.page("p"))?.bytes).toBe(sizeOfEvents(events));
    // Trim again: the events removed before are included in the count.
    await store.changeSettings((now) => ({ ...now, maxTotalSize: MB }));
    await store.append(origin("p"), range(20_001, 28_000));
    await store.enforceRetention(NOW);
    const after = await read("p");
    expect(after.filter(({ kind }) => kind === "message").length + lost(after)).toBe(20 * 999 + 8_000);
  });

  it("is never removed completely, and old recordings are removed before it loses anything", async () => {
    await store.append(origin("old"), [event(1, { t: NOW - 3_600_000, payload: "x".repeat(MB / 2) })]);
    await store.append(origin("p"), [
      event(1, { payload: "x".repeat(MB / 2) }),
      event(2, { payload: "y".repeat(MB / 4) }),
    ]);
    expect(await store.enforceRetention(NOW)).toEqual(["old"]);
    expect((await read("p")).every((one) => one.kind === "message" && one.payload !== undefined)).toBe(true);
  });

  it("keeps a recording from an old file while it is open in a panel", async () => {
    const page = await store.append(origin("x"), [event(1)]);
    const connection = createConnection();
    const job = await beginImport(connection);
    const about = { page: "f", recording: "f", lastAt: 5, imported: "f.json", importedAt: NOW - 1_000 };
    await job.add("f", [event(1)], null);
    await job.finish([{ ...page, ...about }]);
    connection.close();
    await store.enforceRetention(NOW);
    expect(await store.page("f")).toBeDefined();
  });
});

describe("a missing piece of last events", () => {
  it("is counted at its place", async () => {
    await store.append(origin("p"), range(1, 5));
    await store.append(origin("p"), range(9, 10), 8);
    expect((await read("p")).map(({ seq, kind }) => [seq, kind]).slice(5)).toEqual([
      [8, "dropped"],
      [9, "message"],
      [10, "message"],
    ]);
  });
});

describe("a database that the browser has closed", () => {
  it("is opened again, and no request fails", async () => {
    await store.append(origin("p"), range(1, 5));
    // A request for another version closes our connection.
    await new Promise((resolve) => {
      const asked = indexedDB.deleteDatabase("hubscope");
      asked.onsuccess = asked.onerror = resolve;
    });
    expect(await store.append(origin("p"), range(6, 8))).toMatchObject({ storedUpTo: 8 });
    expect(await read("p")).toHaveLength(3);
  });

  it("is opened again after the browser has closed it", async () => {
    const open: IDBDatabase[] = [];
    const factory = new IDBFactory();
    const native = factory.open.bind(factory);
    factory.open = (name: string, version?: number) => {
      const request = native(name, version);
      request.addEventListener("success", () => open.push(request.result));
      return request;
    };
    globalThis.indexedDB = factory;
    store = openStore();
    await store.append(origin("p"), range(1, 5));
    for (const db of open) db.close();
    expect(await store.append(origin("p"), range(6, 8))).toMatchObject({ storedUpTo: 8, events: 8 });
    expect(open).toHaveLength(2);
  });
});

describe("settings and panels", () => {
  it("are changed by two at once without overwriting each other", async () => {
    const popup = openStore();
    await Promise.all([
      store.changeSettings((now) => ({ ...now, recording: false })),
      popup.changeSettings((now) => ({ ...now, payloadSites: ["https://a"] })),
      store.changePanels((now) => ({ ...now, a: { tabId: 1, until: 10 } })),
      popup.changePanels((now) => ({ ...now, b: { tabId: 2, until: 20 } })),
    ]);
    expect(await store.settings()).toMatchObject({ recording: false, payloadSites: ["https://a"] });
    expect(await store.panels()).toEqual({ a: { tabId: 1, until: 10 }, b: { tabId: 2, until: 20 } });
    popup.close();
  });
});
