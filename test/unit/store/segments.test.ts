import "fake-indexeddb/auto";
import { openDB } from "idb";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { PayloadBlock } from "../../../extension/core/columns/payload-block.ts";
import { createConnection } from "../../../extension/store/connection.ts";
import { trimPages } from "../../../extension/store/trim.ts";
import { payloadsOf } from "../../../extension/store/segments.ts";
import { openPanelStore } from "../../../extension/store/panel-store.ts";
import { openStore, type Store } from "../../../extension/store/store.ts";
import { event, numbers, origin, payloadsAt, range, read } from "../fakes/events.ts";

let store: Store;
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  store = openStore();
});

const told = (from: number, to: number) =>
  range(from, to).map((one) => ({ ...one, payload: `text ${one.seq}` }));

async function seqsOf(after: number): Promise<number[]> {
  const seqs: number[] = [];
  for await (const { seq } of openPanelStore().readBlocks("p", after)) seqs.push(...seq);
  return seqs;
}

describe("segments", () => {
  it("are read from any event on, however many there are", async () => {
    for (let i = 0; i < 80; i++) await store.append(origin("p"), range(i * 2 + 1, i * 2 + 2));
    await store.append(origin("q"), range(1, 3));
    expect(await seqsOf(0)).toEqual(numbers(160));
    // The segment in whose middle it is comes whole.
    expect(await seqsOf(31)).toEqual(numbers(160).slice(30));
    expect(await seqsOf(32)).toEqual(numbers(160).slice(32));
    expect(await seqsOf(160)).toEqual([]);
    expect((await read(store, "p", 31)).map(({ seq }) => seq)).toEqual(numbers(160).slice(31));
  });

  it("are read with no cursor that has values: Firefox reads dozens of records in advance for it", async () => {
    for (let i = 0; i < 20; i++) await store.append(origin("p"), told(i * 4 + 1, i * 4 + 2));
    const cursors = vi.spyOn(IDBObjectStore.prototype, "openCursor");
    expect(await seqsOf(33)).toEqual(numbers(80).filter((n) => n > 32 && (n % 4 === 1 || n % 4 === 2)));
    expect(await seqsOf(36)).toHaveLength(22);
    expect((await read(store, "p", 33)).map(({ seq }) => seq).slice(0, 3)).toEqual([34, 37, 38]);
    let found = "";
    for await (const { text } of store.readPayloads("p", 72)) found += text;
    expect(found).toBe("text 73\ntext 74\ntext 77\ntext 78\n");
    await trimPages(createConnection(), await store.pages(), 1);
    expect(cursors).not.toHaveBeenCalled();
  });

  it("have their payloads apart: only where there are some, and until their recording is removed", async () => {
    await store.append(origin("p"), range(1, 2));
    await store.append(origin("p"), told(3, 4));
    await store.append(origin("p"), [event(5, { binary: "gqE=", size: 3 })]);
    expect(await payloadsAt(store, 1)).toBeNull();
    expect((await payloadsAt(store, 4))?.text).toBe("text 3\ntext 4\n");
    expect([...((await payloadsAt(store, 5))?.binary ?? [])]).toEqual([1]);
    expect(await payloadsAt(store, 6)).toBeNull();
    let found = "";
    for await (const { text } of store.readPayloads("p", 3)) found += text;
    expect(found).toBe("text 3\ntext 4\ngqE=\n");
    await store.removeRecording("p");
    expect(await payloadsAt(store, 4)).toBeNull();
    expect(await seqsOf(0)).toEqual([]);
  });

  it("give the payloads of many messages at once, but not too many: those that are named first", async () => {
    for (let i = 0; i < 20; i++) await store.append(origin("p"), told(i * 2 + 1, i * 2 + 2));
    await store.append(origin("p"), range(41, 42));
    const use = createConnection().use;
    const found = (seqs: readonly number[], enough?: number) =>
      use((db) => payloadsOf(db, "p", seqs, enough)).then((all) =>
        all.map(({ firstSeq, lastSeq, block }) => [firstSeq, lastSeq, block?.ends.length ?? null]),
      );
    const last = [39, 40, 2];
    expect(await found([40, 39, 38, 3, 41, 50])).toEqual([
      last,
      [37, 38, 2],
      [3, 4, 2],
      [41, 41, null],
      [50, 50, null],
    ]);
    // Looked at after every eighth segment.
    expect(await found(numbers(40).reverse(), 1)).toEqual(numbers(8).map((n) => [41 - 2 * n, 42 - 2 * n, 2]));
    expect(await found(numbers(40))).toHaveLength(20);
  });

  it("are read with payloads that were stored one by one", async () => {
    await store.append(origin("p"), told(1, 3));
    const db = await openDB("hubscope", 2);
    const stored = (await db.get("payloads", ["p", 1])) as { readonly block: PayloadBlock };
    const { seq, binary } = stored.block;
    const texts = ["text 1", "text 2", "text 3"];
    await db.put("payloads", { ...stored, block: { seq, texts, binary } });
    db.close();
    let found = "";
    for await (const { text } of store.readPayloads("p", 0)) found += text;
    expect(found).toBe("text 1\ntext 2\ntext 3\n");
    expect((await read(store, "p")).map((one) => one.kind === "message" && one.payload)).toEqual(texts);
  });

  it("keep no payload of an event that they don't have", async () => {
    await store.append(origin("p"), told(1, 3));
    await trimPages(createConnection(), await store.pages(), 1);
    expect(await payloadsAt(store, 2)).toBeNull();
    expect((await read(store, "p")).map(({ seq }) => seq)).toEqual([1, 2, 3]);
  });
});
