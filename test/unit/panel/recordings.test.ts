import { describe, expect, it } from "vitest";
import type { StoredPage } from "../../../extension/store/stored-page.ts";
import { gather, liveOf, nameOf } from "../../../panel/state/recordings.ts";

const page = (change: Partial<StoredPage>): StoredPage => ({
  page: "a",
  recording: "a",
  tabId: 1,
  browserSession: 1,
  frameId: 0,
  url: "https://a.example/x",
  startedAt: 1,
  lastAt: 2,
  storedUpTo: 1,
  events: 10,
  bytes: 100,
  hubs: 1,
  interruptions: 1,
  pinned: false,
  connections: 0,
  ...change,
});

/** A tab with these ids, one after the other. */
const is =
  (...ids: readonly number[]) =>
  (id: number): boolean =>
    ids.includes(id);

describe("recordings", () => {
  it("joins a page and its frames", () => {
    const [recording] = gather([
      page({ page: "f", frameId: 3, url: "https://f.example/", startedAt: 5, lastAt: 9 }),
      page({}),
    ]);
    expect(recording).toMatchObject({
      id: "a",
      url: "https://a.example/x",
      events: 20,
      hubs: 2,
      startedAt: 1,
      lastAt: 9,
    });
  });

  it("treats the newest recording of the tab in this browser session as the live one", () => {
    const all = gather([
      page({}),
      page({ page: "b", recording: "b", startedAt: 7 }),
      page({ page: "c", recording: "c", startedAt: 9, tabId: 2 }),
      page({ page: "d", recording: "d", startedAt: 9, browserSession: 0, imported: "d.json" }),
    ]);
    expect(liveOf(all, is(1), 1)?.id).toBe("b");
    expect(liveOf(all, is(3), 1)).toBeNull();
    expect(liveOf(all, is(), 1)).toBeNull();
    const after = [page({}), page({ page: "e", recording: "e", tabId: 5, browserSession: 2 })];
    expect(liveOf(gather(after), is(1), 2)).toBeNull();
  });

  it("doesn't show a page as live that the browser only prerenders, until the tab shows it", () => {
    const top = page({ page: "b", recording: "b", startedAt: 7, prerendering: true });
    expect(liveOf(gather([page({}), top]), is(1), 1)?.id).toBe("a");
    expect(liveOf(gather([top]), is(1), 1)).toBeNull();
    const shown = page({ page: "b", recording: "b", startedAt: 7 });
    const frame = page({ page: "f", recording: "b", startedAt: 8, prerendering: true });
    expect(liveOf(gather([page({}), shown, frame]), is(1), 1)?.id).toBe("b");
  });

  it("doesn't show a recording as live if its tab id is used again after a restart of the browser", () => {
    // Nothing was recorded since then, so the newest recording of the tab is from the earlier session.
    expect(liveOf(gather([page({})]), is(1), 2)).toBeNull();
  });

  it("knows the recordings of a tab that got another id when it was discarded", () => {
    const all = gather([page({}), page({ page: "b", recording: "b", startedAt: 7, tabId: 2 })]);
    expect(liveOf(all, is(1, 3), 1)?.id).toBe("a");
    expect(liveOf(all, is(1, 2), 1)?.id).toBe("b");
  });

  it("names a recording by its host or its file", () => {
    expect(nameOf({ url: "https://a.example:8080/x", imported: null })).toBe("a.example:8080");
    expect(nameOf({ url: "", imported: "drop.json.gz" })).toBe("drop.json.gz");
  });
});
