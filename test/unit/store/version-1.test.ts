import { judged } from "../core/judged.ts";
import "fake-indexeddb/auto";
import { readFileSync } from "node:fs";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import { createConnection } from "../../../extension/store/connection.ts";
import { trimPages } from "../../../extension/store/trim.ts";
import { openStore, type Store } from "../../../extension/store/store.ts";
import { lost, numbers, origin, payloadsAt, range, read, START } from "../fakes/events.ts";

const file = JSON.parse(
  readFileSync(new URL("../../fixtures/recordings/version-1.json", import.meta.url), "utf8"),
) as { readonly pages: readonly { readonly page: string; readonly events: RecordedEvent[] }[] };

/** Stores rows as the first version of Hubscope did: without fields that were added later. */
async function storeAsVersion1(page: string, events: readonly RecordedEvent[]): Promise<void> {
  const db = await openDB("hubscope", 1, {
    upgrade(database) {
      database.createObjectStore("pages", { keyPath: "page" }).createIndex("recording", "recording");
      database.createObjectStore("segments", { keyPath: ["page", "firstSeq"] });
      database.createObjectStore("values");
    },
  });
  const firstSeq = events[0]?.seq ?? 0;
  const lastSeq = events.at(-1)?.seq ?? 0;
  const t = events[0]?.t ?? 0;
  await db.put("segments", { page, firstSeq, lastSeq, bytes: 1_000, events });
  await db.put("pages", {
    ...{ page, recording: page, tabId: 1, browserSession: 1, frameId: 0, url: "https://board.example/" },
    ...{ startedAt: t, lastAt: t, storedUpTo: lastSeq, events: events.length, bytes: 1_000, hubs: 1 },
    ...{ interruptions: 1, pinned: false, connections: 1 },
  });
  db.close();
}

beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
});

const withPayloads = (from: number, to: number) =>
  range(from, to).map((one) => ({ ...one, payload: `text ${one.seq}`, target: "Tick" }));

/** Three segments, as an older Hubscope wrote them. */
async function storeThree(): Promise<{ readonly store: Store; readonly all: RecordedEvent[] }> {
  const all = withPayloads(1, 9);
  await storeAsVersion1("p", all.slice(0, 3));
  const db = await openDB("hubscope", 1);
  for (const [firstSeq, lastSeq] of [
    [4, 6],
    [7, 9],
  ] as const)
    await db.put("segments", {
      page: "p",
      firstSeq,
      lastSeq,
      bytes: 1,
      events: all.slice(firstSeq - 1, lastSeq),
    });
  db.close();
  return { store: openStore(), all };
}

async function isOld(): Promise<boolean[]> {
  const db = await openDB("hubscope", 2);
  const stored = await db.getAll("segments");
  db.close();
  return stored.map((segment: object) => "events" in segment);
}

describe("segments that version 1 stored", () => {
  it("are read as they are: in columns, with payloads, and from any event on", async () => {
    const { store, all } = await storeThree();
    expect(await read(store, "p")).toEqual(all);
    expect(await read(store, "p", 4)).toEqual(all.slice(4));
    const blocks: number[][] = [];
    for await (const { seq } of store.readBlocks("p", 4)) blocks.push([...seq]);
    expect(blocks).toEqual([
      [4, 5, 6],
      [7, 8, 9],
    ]);
    expect((await payloadsAt(store, 5))?.text).toBe("text 4\ntext 5\ntext 6\n");
    expect(await isOld()).toEqual([true, true, true]);
  });

  it("are rewritten once, with the same events, and go on if that was stopped", async () => {
    const { store, all } = await storeThree();
    await store.append(origin("p"), withPayloads(10, 12));
    const native = IDBObjectStore.prototype.put;
    let left = 2;
    const put = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(function (
      this: IDBObjectStore,
      value: unknown,
    ) {
      if (this.name === "segments" && left-- === 0) throw new DOMException("stopped", "AbortError");
      return native.call(this, value);
    });
    await expect(store.tidyUp(START)).rejects.toThrow("stopped");
    put.mockRestore();
    expect(await isOld()).toEqual([false, false, true, false]);
    const later = openStore();
    await later.tidyUp(START);
    expect(await isOld()).toEqual([false, false, false, false]);
    expect(await read(later, "p")).toEqual([...all, ...withPayloads(10, 12)]);
    let texts = "";
    for await (const block of later.readPayloads("p", 0)) texts += block.text;
    expect(texts).toBe(
      numbers(12)
        .map((seq) => `text ${seq}\n`)
        .join(""),
    );
    const reading = vi.spyOn(IDBObjectStore.prototype, "getAllKeys");
    await later.tidyUp(START);
    expect(reading).not.toHaveBeenCalled();
    reading.mockRestore();
  });

  it("lose their payloads and messages to the size limit as others do", async () => {
    const { store } = await storeThree();
    await trimPages(createConnection(), await store.pages(), Infinity);
    expect(lost(await read(store, "p"))).toBe(9);
    expect(await payloadsAt(store, 5)).toBeNull();
  });
});

it("a new database has nothing to rewrite", async () => {
  const store = openStore();
  await store.append(origin("p"), range(1, 2));
  const reading = vi.spyOn(IDBObjectStore.prototype, "getAllKeys");
  await store.tidyUp(START);
  expect(reading).not.toHaveBeenCalled();
  reading.mockRestore();
});

it("recordings stored by version 1 can be opened and continued", async () => {
  const [{ page, events } = { page: "", events: [] }] = file.pages;
  await storeAsVersion1(page, events);
  const store = openStore();
  const reducer = createReducer();
  for await (const some of store.readEvents(page, 0)) reducer.apply(page, some);
  expect(judged(reducer.model.hubs[0]!.interruptions[0]!)).toMatchObject({
    outcome: "reconnected",
    verdict: { cause: "server-close" },
  });
  const last = events.at(-1);
  const origin = { page, recording: page, tabId: 1, frameId: 0, browserSession: 1, url: "", connections: 0 };
  const seq = (last?.seq ?? 0) + 1;
  const t = last?.t ?? 0;
  const ended = { kind: "recording-ended", reason: "switched-off", seq, t } as const;
  expect(await store.append(origin, [ended])).toMatchObject({ ended: true, storedUpTo: seq });
  await store.enforceRetention(t);
  expect(await store.page(page)).toBeDefined();
});
