/** Files are read into the database, in the same way as the worker does it. */
import "fake-indexeddb/auto";
import { gzipSync } from "node:zlib";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { readFileSync } from "node:fs";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import { readRecordingFile, writeRecordingFile } from "../../../extension/core/recording/recording-file.ts";
import { createConnection, type Connection } from "../../../extension/store/connection.ts";
import { beginImport } from "../../../extension/store/import.ts";
import { openStore, type Store } from "../../../extension/store/store.ts";
import { importFile, type ImportHooks } from "../../../panel/state/files/import-file.ts";
import { createPageSummary } from "../../../panel/state/files/page-summary.ts";
import { syntheticRecording } from "../../bench/synthetic.ts";
import { range, read, seqs } from "../fakes/events.ts";
import { UNWATCHED } from "../fakes/unwatched.ts";

const NOW = 1_764_300_000_000;

let store: Store;
let connection: Connection;
beforeEach(() => {
  globalThis.indexedDB = new IDBFactory();
  store = openStore();
  connection = createConnection();
});
afterEach(() => {
  connection.close();
  store.close();
});

const write = (pages: Record<string, readonly RecordedEvent[]>, recording?: string): string =>
  writeRecordingFile(
    Object.entries(pages).map(([page, events]) => ({
      ...{ page, recording: recording ?? page, url: `https://${page}.example/`, events },
    })),
    { exportedAt: "", hubscope: "1" },
  );

async function importText(content: BlobPart, hooks: Partial<ImportHooks> = {}) {
  const job = await beginImport(connection);
  try {
    return await importFile(new File([content], "a.json"), job, NOW, {
      ...UNWATCHED,
      onStored: () => undefined,
      ...hooks,
    });
  } catch (error) {
    await job.cancel();
    throw error;
  }
}
const nothingStored = async (): Promise<void> => {
  await connection.use(async (db) => {
    expect([await db.count("pages"), await db.count("segments")]).toEqual([0, 0]);
  });
};

describe("a file that is imported", () => {
  it("can be shown from its first events on, and is complete at the end", async () => {
    const shares: number[] = [];
    const seen: Promise<[number, boolean | undefined, number]>[] = [];
    const events = range(1, 30_000, { payload: "x".repeat(200) });
    const outcome = await importText(write({ p: events }), {
      onProgress: (share) => shares.push(share),
      onStored: ({ page, upTo }) => {
        seen.push(
          Promise.all([store.page(page), read(store, page, upTo - 5)]).then(([row, some]) => [
            some.filter(({ seq }) => seq <= upTo).length,
            row?.importing,
            upTo,
          ]),
        );
      },
    });
    expect(await Promise.all(seen)).toEqual([
      [5, true, 5_000],
      [5, true, 25_000],
      [5, undefined, 30_000],
    ]);
    expect(shares.length).toBeGreaterThan(3);
    expect(shares).toEqual([...shares].sort((a, b) => a - b));
    expect(shares.at(-1)).toBe(1);
    const [page] = await store.pages();
    expect(page).toMatchObject({ page: outcome.recording, events: 30_000, imported: "a.json", frameId: 0 });
    expect(page).not.toHaveProperty("importing");
    expect(seqs(await read(store, outcome.recording))).toEqual(seqs(events));
  });

  it("has the same figures as its model", () => {
    const version1 = readFileSync(
      new URL("../../fixtures/recordings/version-1.json", import.meta.url),
      "utf8",
    );
    const file = readRecordingFile(version1);
    for (const events of [syntheticRecording(30_000), file.ok ? (file.file.pages[0]?.events ?? []) : []]) {
      const summary = createPageSummary();
      summary.add(events.slice(0, 7));
      summary.add(events.slice(7));
      const reducer = createReducer();
      reducer.apply("p", events);
      const { hubs, from, to } = reducer.model;
      const interruptions = hubs.reduce((sum, hub) => sum + hub.interruptions.length, 0);
      expect(interruptions).toBeGreaterThan(0);
      expect(summary.figures()).toEqual({
        ...{ hubs: hubs.length, interruptions, startedAt: from, lastAt: to },
        ...{ events: events.length, storedUpTo: events.length },
      });
    }
  });

  it("keeps its frames with their top page, wherever that is in the file", async () => {
    const pages = { frame: range(1, 3), top: range(1, 2), lonely: range(1, 4) };
    const text = write(pages, "top").replace(
      '"recording":"top","url":"https://lonely',
      '"recording":"gone","url":"https://lonely',
    );
    const { recording } = await importText(text);
    const stored = await store.pages();
    const of = (name: string) => stored.find(({ url }) => url.includes(name));
    expect(of("top")).toMatchObject({ page: recording, recording, frameId: 0 });
    expect(of("frame")).toMatchObject({ recording, frameId: 1 });
    expect(of("lonely")).toMatchObject({ recording: of("lonely")?.page, frameId: 0 });
    expect(await read(store, of("frame")?.page ?? "")).toEqual(pages.frame);
  });

  it("whose events are not in order is sorted, page by page", async () => {
    const events = [...range(6_000, 12_000), ...range(1, 5_999)];
    const { recording } = await importText(
      write({ p: events, q: range(1, 7_000), r: [...range(2, 2), ...range(1, 1)] }),
    );
    expect(seqs(await read(store, recording))).toEqual(seqs(range(1, 12_000)));
    const pages = await store.pages();
    expect(pages.map((page) => page.events).sort((a, b) => a - b)).toEqual([2, 7_000, 12_000]);
    const q = pages.find(({ url }) => url.includes("q."));
    expect(seqs(await read(store, q?.page ?? ""))).toEqual(seqs(range(1, 7_000)));
  });
});

describe("a damaged file", () => {
  const text = write({ p: range(1, 12_000, { payload: "hello" }) });

  it("that ends early is kept as far as it goes, and the user is told", async () => {
    const { recording, warnings } = await importText(text.slice(0, text.indexOf('"seq":11001,')));
    expect(warnings).toEqual(["The file ends early: 11,000 events were read, the rest is missing."]);
    expect(seqs(await read(store, recording))).toEqual(seqs(range(1, 11_000)));
    expect(await store.pages()).toMatchObject([{ events: 11_000 }]);
  });

  it("that ends early in a compressed file is kept, too", async () => {
    // Not compressible, so that it has more than one piece.
    const random = range(1, 12_000).map((event, i) => ({
      ...event,
      payload: Array.from({ length: 40 }, (_, j) =>
        ((i * 7_919 + j * 104_729) ** 2 % 99_991).toString(36),
      ).join(""),
    }));
    const packed = gzipSync(write({ p: random }));
    const { recording, warnings } = await importText(packed.subarray(0, Math.floor(packed.length * 0.9)));
    expect(warnings).toEqual([
      expect.stringMatching(/^The file ends early: [\d,]+ events were read, the rest is missing\.$/),
    ]);
    const kept = await read(store, recording);
    expect(kept.length).toBeGreaterThan(5_000);
    expect(kept.at(-1)).toEqual(random[kept.length - 1]);
  });

  it.each([
    ["ends before its first event", text.slice(0, 100), "it is incomplete. Was the download interrupted?"],
    ["is of a newer version", text.replace('"version":2', '"version":9'), "format version 9"],
    ["has a page without an id", text.replace('"page":"p",', ""), "page 1 of 1 has no id"],
    [
      "is compressed and broken",
      new Uint8Array([0x1f, 0x8b, 8, 0, 1, 2, 3, 4]),
      "its compressed content ends early",
    ],
  ])("that %s is refused, and leaves nothing", async (_, content, words) => {
    await expect(importText(content)).rejects.toThrow(words);
    await nothingStored();
  });
});

describe("an import that is cancelled", () => {
  it("leaves nothing, although it was shown already", async () => {
    const cancel = new AbortController();
    let rows = 0;
    const importing = importText(write({ p: range(1, 60_000) }), {
      signal: cancel.signal,
      onStored: () => {
        if (++rows === 2) cancel.abort();
      },
    });
    await expect(importing).rejects.toThrow("abort");
    await nothingStored();
    expect(rows).toBeLessThan(6);
  });
});
