import { judged } from "../core/judged.ts";
import "fake-indexeddb/auto";
import { readFileSync } from "node:fs";
import { openDB } from "idb";
import { expect, it } from "vitest";
import type { RecordedEvent } from "../../../extension/core/events/events.ts";
import { createReducer } from "../../../extension/core/model/reducer.ts";
import { openStore } from "../../../extension/store/store.ts";

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
