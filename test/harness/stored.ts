/** Reads the extension's database in one of the extension's documents. */
import type { EventBlock } from "../../extension/core/columns/event-block.ts";
import { unpackEvents } from "../../extension/core/columns/unpack-events.ts";
import type { EventHead } from "../../extension/core/columns/event-heads.ts";
import type { RecordedEvent } from "../../extension/core/events/events.ts";
import type { StoredPage } from "../../extension/store/stored-page.ts";
import type { Target, TestPage } from "./browser/index.ts";

export interface StoredRecording {
  readonly page: StoredPage;
  readonly events: readonly RecordedEvent[];
}

/** A segment as JSON: arrays of numbers in place of typed ones, which Firefox's driver refuses to send. */
interface Segment {
  readonly page: string;
  readonly firstSeq: number;
  readonly block: Record<Exclude<keyof EventBlock, "length" | "heads" | "ids">, number[]> & {
    readonly length: number;
    readonly heads: EventHead[];
    readonly ids: string[];
  };
}

interface Payloads {
  readonly page: string;
  readonly firstSeq: number;
  readonly block: {
    readonly seq: number[];
    readonly text: string;
    readonly ends: number[];
    readonly binary: number[];
  };
}

interface Rows {
  readonly pages: StoredPage[];
  readonly segments: Segment[];
  readonly payloads: Payloads[];
}

async function readRows(target: Target | TestPage): Promise<Rows> {
  const text = await target.evaluate(async () => {
    const ask = (request: IDBRequest): Promise<unknown> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result);
        request.onerror = () => reject(request.error ?? new Error("IndexedDB"));
      });
    const db = (await ask(indexedDB.open("hubscope"))) as IDBDatabase;
    const stores = db.transaction(["pages", "segments", "payloads"]);
    const all = (store: string): Promise<unknown> => ask(stores.objectStore(store).getAll());
    const read = {
      pages: await all("pages"),
      segments: await all("segments"),
      payloads: await all("payloads"),
    };
    db.close();
    return JSON.stringify(read, (_key, value: unknown) =>
      ArrayBuffer.isView(value) ? Array.from(value as Float64Array) : value,
    );
  });
  return JSON.parse(text) as Rows;
}

/** How many segments and payloads belong to no stored page. */
export async function countStrays(target: Target | TestPage): Promise<number> {
  const { pages, segments, payloads } = await readRows(target);
  const known = new Set(pages.map(({ page }) => page));
  return [...segments, ...payloads].filter(({ page }) => !known.has(page)).length;
}

/** All stored pages with their events, oldest first. */
export async function readStore(target: Target | TestPage): Promise<StoredRecording[]> {
  const { pages, segments, payloads } = await readRows(target);
  return pages
    .sort((a, b) => a.startedAt - b.startedAt)
    .map((page) => ({
      page,
      events: segments
        .filter((segment) => segment.page === page.page)
        .flatMap((segment) =>
          eventsOf(
            segment,
            payloads.find(({ page: of, firstSeq }) => of === page.page && firstSeq === segment.firstSeq),
          ),
        ),
    }));
}

function eventsOf({ block }: Segment, payloads: Payloads | undefined): RecordedEvent[] {
  const { seq, t, head, size, call, payload, ...rest } = block;
  const numbers = (values: number[]): Float64Array => Float64Array.from(values);
  return unpackEvents({
    block: {
      ...rest,
      seq: numbers(seq),
      t: numbers(t),
      head: Uint32Array.from(head),
      size: numbers(size),
      call: numbers(call),
      payload: numbers(payload),
    },
    payloads: {
      seq: numbers(payloads?.block.seq ?? []),
      text: payloads?.block.text ?? "",
      ends: Uint32Array.from(payloads?.block.ends ?? []),
      binary: Uint8Array.from(payloads?.block.binary ?? []),
    },
  });
}
