import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { LinkedExtension } from "../fakes/linked-extension.ts";
import { resetWorld, world } from "../fakes/fake-browser.ts";

vi.mock("webextension-polyfill", () => import("../fakes/fake-browser.ts"));

let extension: LinkedExtension;
beforeEach(() => {
  resetWorld();
  globalThis.indexedDB = new IDBFactory();
  extension = new LinkedExtension();
});

const open = (tabId: number): Promise<unknown> =>
  extension.ask({ to: "background", type: "open-window", tabId });

describe("a panel in a window of its own", () => {
  it("is opened once for each tab; then its window comes to the front", async () => {
    await open(1);
    await open(2);
    await open(1);
    expect(world.done).toEqual([
      "open popup panel.html?tabId=1&session=1",
      "open popup panel.html?tabId=2&session=1",
      "update 3 to the front",
      "window 300 to the front",
    ]);
  });

  it("opens the list of recordings, also in a window that is there already", async () => {
    const openList = (tabId: number): Promise<unknown> =>
      extension.ask({ to: "background", type: "open-window", tabId, recordings: true });
    await openList(1);
    expect(world.tabs.at(-1)?.url).toBe(`${world.base}panel.html?tabId=1&session=1#recordings`);
    await openList(1);
    expect(world.done.filter((what) => what.startsWith("open"))).toHaveLength(1);
    await open(2);
    world.done.length = 0;
    await openList(2);
    expect(world.done[0]).toMatch(/^update 4 to .*panel\.html\?tabId=2&session=1#recordings/);
  });

  it("is found by a background that was stopped", async () => {
    await open(1);
    extension.stop();
    await open(1);
    expect(world.done.filter((what) => what.startsWith("open"))).toHaveLength(1);
  });

  it("is opened once by a double click", async () => {
    await Promise.all([open(1), open(1)]);
    expect(world.done.filter((what) => what.startsWith("open"))).toHaveLength(1);
  });

  it("that is minimized is shown again", async () => {
    await open(1);
    world.minimized.add(300);
    await open(1);
    expect(world.done.at(-1)).toBe("window 300 to the front normal");
  });

  it("is found under the id that its tab has now, and not under that of an earlier browser session", async () => {
    const at = (id: number, address: string) => ({ id, windowId: id * 100, url: `${world.base}${address}` });
    world.tabs.push(at(3, "panel.html?tabId=8&session=1&before=1"), at(4, "panel.html?tabId=2&session=0"));
    await open(8);
    await open(1);
    await open(2);
    expect(world.done).toEqual([
      "update 3 to the front",
      "window 300 to the front",
      "open popup panel.html?tabId=1&session=1",
      "open popup panel.html?tabId=2&session=1",
    ]);
  });

  it("isn't opened for a content script", async () => {
    const sender = { tab: { id: 1 }, frameId: 0, url: "https://board.example/" };
    expect(await extension.tell({ to: "background", type: "open-window", tabId: 1 }, sender)).toBeUndefined();
    expect(world.done).toEqual([]);
  });
});
