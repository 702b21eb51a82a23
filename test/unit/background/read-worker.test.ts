/** Workers that the DevTools page reads: who may tell of them, where they are stored, and how they end. */
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { WORKER_ENDED } from "../../../extension/messages/extension.ts";
import { openStore, type Store } from "../../../extension/store/store.ts";
import { useClock } from "../fakes/clock.ts";
import { START, range, read } from "../fakes/events.ts";
import { resetWorld, world, type Sender } from "../fakes/fake-browser.ts";
import { LinkedExtension } from "../fakes/linked-extension.ts";

vi.mock("webextension-polyfill", () => import("../fakes/fake-browser.ts"));

let extension: LinkedExtension;
let store: Store;
let devtools: Sender;
beforeEach(() => {
  useClock(START);
  resetWorld();
  globalThis.indexedDB = new IDBFactory();
  extension = new LinkedExtension();
  store = openStore();
  devtools = { url: `${world.base}devtools.html` };
});
afterEach(() => {
  vi.useRealTimers();
});

const append = {
  ...{ to: "background", type: "append", page: "w", top: false, url: "https://board.example/worker.js" },
  ...{ origin: "https://board.example", connections: 1, events: range(1, 2) },
  worker: { tabId: 4, recording: "top" },
};
const PAGE = {
  ...{
    url: "https://board.example/",
    userAgent: "",
    openedAt: START,
    top: true,
    visible: true,
    online: true,
  },
  ...{ wasDiscarded: false, navigation: "navigate", probe: true },
};
const kinds = async (): Promise<string[]> => (await read(store, "w")).map(({ kind }) => kind);

describe("a worker that is read from DevTools", () => {
  it("is stored with the recording of its page, in no frame", async () => {
    await extension.tell(append, devtools);
    expect(await store.page("w")).toMatchObject({ tabId: 4, frameId: -1, recording: "top", connections: 1 });
  });

  it("belongs to the page that its tab has now, if it doesn't say to which", async () => {
    world.frames.set("4:0", { page: "now", url: "https://board.example/", origin: "o", active: true });
    await extension.tell({ ...append, worker: { tabId: 4 } }, devtools);
    expect(await store.page("w")).toMatchObject({ tabId: 4, recording: "now" });
  });

  it.each([
    ["from its beginning", {}],
    ["that began while the page was open", { from: START }],
  ])("is told of with its page's recording, %s", async (_how, from: { from?: number }) => {
    const page = { kind: "page", seq: 1, t: START, ...PAGE, ...("from" in from ? { midway: true } : {}) };
    const connection = { kind: "worker-connection", seq: 2, t: START + 9, url: "https://a/hub", status: 200 };
    const top = { ...append, page: "top", top: true, worker: undefined };
    const sender = { tab: { id: 4 }, frameId: 0, url: "https://board.example/" };
    await extension.tell({ ...top, events: [page] }, sender);
    await extension.tell({ ...top, events: [connection] }, sender);
    await vi.waitFor(() => {
      const told = world.toPanels.filter(({ type }) => type === "worker");
      const known = { to: "devtools", type: "worker", tabId: 4, recording: "top", url: "https://a/hub" };
      expect(told).toEqual([{ ...known, origin: "https://board.example", at: START + 9, ...from }]);
    });
  });

  it.each([
    ["a content script", { tab: { id: 1 }, frameId: 0, url: "https://board.example/" }],
    ["nobody", {}],
  ])("isn't taken from %s", async (_who, sender: Sender) => {
    expect(await extension.tell(append, sender)).toBeUndefined();
    expect(await store.pages()).toEqual([]);
  });

  it("is no longer known when DevTools is closed", async () => {
    await extension.tell(append, devtools);
    extension.connect("worker w", devtools).end();
    await vi.waitFor(async () => {
      expect((await kinds()).at(-1)).toBe("recording-ended");
    });
    expect(await store.page("w")).toMatchObject({ ended: true, connections: 0 });
  });

  it("has nothing added after its own end", async () => {
    await extension.tell(append, devtools);
    const before = await kinds();
    const port = extension.connect("worker w", devtools);
    port.say(WORKER_ENDED);
    port.end();
    extension.connect("worker w", { url: "https://board.example/" }).end();
    await extension.settle();
    expect(await kinds()).toEqual(before);
  });
});
