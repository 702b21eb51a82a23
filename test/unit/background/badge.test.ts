/** The number on the toolbar button must be right, even if tabs close, pages change and frames are slow meanwhile. */
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { openStore, type Store } from "../../../extension/store/store.ts";
import { useClock } from "../fakes/clock.ts";
import { START, event, origin, range } from "../fakes/events.ts";
import { resetWorld, world, type Sender } from "../fakes/fake-browser.ts";
import { LinkedExtension } from "../fakes/linked-extension.ts";

vi.mock("webextension-polyfill", () => import("../fakes/fake-browser.ts"));

let extension: LinkedExtension;
let store: Store;
/** The number of the last event of each page. */
let sent: Map<string, number>;

beforeEach(() => {
  useClock(START);
  resetWorld();
  globalThis.indexedDB = new IDBFactory();
  extension = new LinkedExtension();
  store = openStore();
  sent = new Map();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.useRealTimers();
});

/** A page reports its number of connections with its next event. A `frame` belongs to the page `top`. */
async function says(
  page: string,
  connections: number,
  {
    tab = 1,
    frame = 0,
    top = frame === 0,
    documentLifecycle = "active",
  }: { tab?: number; frame?: number; top?: boolean; documentLifecycle?: string } = {},
): Promise<void> {
  const seq = (sent.get(page) ?? 0) + 1;
  sent.set(page, seq);
  const sender: Sender = {
    tab: { id: tab },
    frameId: frame,
    url: "https://board.example/",
    documentLifecycle,
  };
  const { url = "" } = sender;
  const from = { page, top, url, origin: url, connections };
  await extension.tell({ to: "background", type: "append", ...from, events: [event(seq)] }, sender);
  await quiet();
}

/** Waits until the badge must be up to date. Nothing reports that, but it needs no more turns of the database than this. */
async function quiet(): Promise<void> {
  for (let i = 0; i < 10; i++) await extension.settle();
}

/** Sets which page is in the top frame of tab 1. */
const isThere = (page: string): void => {
  world.frames.set("1:0", { page, url: "", origin: "", active: true });
};

/** A frame that doesn't answer at first. @returns a function with which it answers that this page is in it */
function busyFrame(at: string, page: string): () => void {
  let answer: () => void = () => undefined;
  world.frames.set(
    at,
    new Promise((resolve) => (answer = () => resolve({ page, url: "", origin: "", active: true }))),
  );
  return answer;
}

describe("the badge", () => {
  it("shows the number of connections of a page and its frames, on the badge and in the tooltip", async () => {
    isThere("p");
    await says("p", 1);
    expect([world.badge.get(1), world.badgeTitle.get(1)]).toEqual([
      "1",
      "Hubscope: 1 SignalR connection on this page",
    ]);
    await says("f", 2, { frame: 7 });
    expect([world.badge.get(1), world.badgeTitle.get(1)]).toEqual([
      "3",
      "Hubscope: 3 SignalR connections on this page",
    ]);
    expect(world.badge.has(2)).toBe(false);
  });

  it("shows nothing of a page that is only prerendered, until the tab shows it", async () => {
    isThere("p");
    await says("p", 0);
    await says("q", 2, { frame: 7, top: true, documentLifecycle: "prerender" });
    expect(world.badge.get(1)).toBe("");
    expect(await store.page("q")).toMatchObject({ prerendering: true });
    isThere("q");
    await says("q", 2);
    expect(world.badge.get(1)).toBe("2");
    expect(await store.page("q")).not.toHaveProperty("prerendering");
  });

  it("doesn't count a frame that disappeared without its last events", async () => {
    isThere("p");
    await says("p", 1);
    world.frames.set("1:7", { page: "f", url: "", origin: "", active: true });
    await says("f", 1, { frame: 7 });
    expect(world.badge.get(1)).toBe("2");
    world.frames.delete("1:7");
    await says("p", 2);
    expect(world.badge.get(1)).toBe("2");
    expect((await store.page("f"))?.connections).toBe(0);
  });

  it("counts a frame that is too busy to answer", async () => {
    isThere("p");
    await says("p", 1);
    await says("f", 1, { frame: 7 });
    busyFrame("1:7", "f");
    await says("p", 3);
    await extension.pass(2_000);
    expect(world.badge.get(1)).toBe("4");
  });

  it("shows the number again for a new page of the tab, for which the browser has cleared the button", async () => {
    await says("p", 1);
    world.badge.clear();
    await says("next", 1);
    expect(world.badge.get(1)).toBe("1");
  });

  it("doesn't count the previous page, which disappeared without its last events", async () => {
    await says("p", 2);
    world.badge.clear();
    await says("next", 0);
    expect(world.badge.get(1)).toBe("");
    await says("next", 1);
    expect(world.badge.get(1)).toBe("1");
  });

  it("shows no number of a page that the tab has left while one of its frames was asked", async () => {
    isThere("p");
    await says("p", 1);
    await says("f", 1, { frame: 7 });
    const answer = busyFrame("1:7", "f");
    await says("p", 5);
    world.badge.clear();
    await says("next", 1);
    answer();
    await quiet();
    expect(world.badge.get(1)).toBe("1");
  });

  it("shows the newest number when a frame answered late for an older one", async () => {
    isThere("p");
    await says("p", 1);
    await says("f", 1, { frame: 7 });
    const answer = busyFrame("1:7", "f");
    await says("p", 2);
    world.relays.delete("1:7");
    world.frames.set("1:7", { page: "f", url: "", origin: "", active: true });
    await says("p", 3);
    expect(world.badge.get(1)).toBe("4");
    answer();
    await quiet();
    expect(world.badge.get(1)).toBe("4");
  });

  it("shows the newest number when the browser applied an older one late", async () => {
    await says("p", 1);
    let taken: () => void = () => undefined;
    const slow = new Promise<void>((resolve) => (taken = resolve));
    world.buttonChanges = () => slow;
    await says("p", 2);
    world.buttonChanges = () => Promise.resolve();
    await says("p", 3);
    taken();
    await quiet();
    expect([world.badge.get(1), world.badgeTitle.get(1)]).toEqual([
      "3",
      "Hubscope: 3 SignalR connections on this page",
    ]);
  });

  it("keeps showing that storage is full after a slow answer of a frame", async () => {
    isThere("p");
    await says("p", 1);
    await says("f", 1, { frame: 7 });
    const answer = busyFrame("1:7", "f");
    await says("p", 2);
    const full = vi.spyOn(IDBObjectStore.prototype, "put").mockImplementation(() => {
      throw new DOMException("full", "QuotaExceededError");
    });
    await says("p", 3);
    expect(world.badge.get(1)).toBe("!");
    answer();
    await quiet();
    expect(world.badge.get(1)).toBe("!");
    full.mockRestore();
    await says("p", 3);
    await extension.pass(2_000);
    expect(world.badge.get(1)).toBe("4");
  });

  it("doesn't disturb other work when the tab is closed meanwhile: events are stored, and other tabs get their numbers", async () => {
    world.tabs = [{ id: 2 }];
    await says("p", 1);
    await says("other", 1, { tab: 2 });
    await says("p", 0);
    expect([...world.badge]).toEqual([[2, "1"]]);
    expect(await store.page("p")).toMatchObject({ connections: 0, storedUpTo: 2 });
  });

  it("is counted anew by a background that was stopped, as a frame may have disappeared meanwhile", async () => {
    isThere("p");
    await store.append({ ...origin("f", "p"), frameId: 7 }, range(1, 1));
    await says("p", 1);
    expect(world.badge.get(1)).toBe("1");
    extension.stop();
    world.badge.set(1, "7");
    await says("p", 1);
    expect(world.badge.get(1)).toBe("1");
  });
});
