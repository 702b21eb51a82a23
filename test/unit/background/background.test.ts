import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { openDB } from "idb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { AppendAnswer, RelayToBackground } from "../../../extension/messages/extension.ts";
import { HIDDEN_PANEL_LEASE, PANEL_LEASE } from "../../../extension/messages/extension.ts";
import { openStore, type Store } from "../../../extension/store/store.ts";
import { event, range, read, seqs } from "../fakes/events.ts";
import { resetWorld, world } from "../fakes/fake-browser.ts";

vi.mock("webextension-polyfill", () => import("../fakes/fake-browser.ts"));

/** Starts the background anew: its memory contains nothing of an earlier run. */
async function startBackground() {
  vi.resetModules();
  const { appendFrom } = await import("../../../extension/background/append.ts");
  const { handlePanel } = await import("../../../extension/background/panel.ts");
  return { appendFrom, handlePanel };
}

let store: Store;
let background: Awaited<ReturnType<typeof startBackground>>;

/** The current time: a little after the events of these tests. */
const NOW = 1_764_200_060_000;
const AN_HOUR_AGO = NOW - 3_600_000;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"], now: NOW });
  resetWorld();
  globalThis.indexedDB = new IDBFactory();
  store = openStore();
  background = await startBackground();
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

const from = { tabId: 1, frameId: 0 };
const message = (events: RelayToBackground["events"], fields: Partial<RelayToBackground> = {}) =>
  ({
    to: "background",
    type: "append",
    page: "p",
    top: true,
    url: "https://board.example/",
    origin: "https://board.example",
    connections: 1,
    events,
    ...fields,
  }) satisfies RelayToBackground;
const append = (...args: Parameters<typeof message>): Promise<AppendAnswer> =>
  background.appendFrom(store, message(...args), from);

const stored = async (page = "p"): Promise<number[]> => seqs(await read(store, page));

const quotaExceeded = (): Error => new DOMException("full", "QuotaExceededError");

describe("a page that keeps opening and closing connections", () => {
  const socket = (seq: number): RelayToBackground["events"][number] => ({
    ...{ kind: "socket-closed", socket: seq, code: 1006, wasClean: false, reason: "x".repeat(1_000) },
    ...{ seq, t: NOW - 60_000 + seq },
  });
  const asked = (): number => world.toTabs.filter(({ message: { type } }) => type === "start-over").length;

  it("is asked once to begin another recording, and the old one can be removed", async () => {
    await store.changeSettings((now) => ({ ...now, maxTotalSize: 2 * 1024 * 1024 }));
    let seq = 0;
    const flood = async (count: number, fields: Partial<RelayToBackground> = {}): Promise<void> => {
      for (let i = 0; i < count; i += 50)
        await append(
          Array.from({ length: 50 }, () => socket(++seq)),
          fields,
        );
    };
    // Messages don't count: the oldest of them can be removed.
    await append([event(++seq, { payload: "x".repeat(900_000) })]);
    await flood(400);
    expect(asked()).toBe(0);
    await flood(200);
    expect(asked()).toBe(1);
    await append([{ kind: "recording-ended", reason: "too-large", seq: ++seq, t: NOW }]);
    expect(await store.page("p")).toMatchObject({ ended: true });
    await flood(200, { page: "next" });
    expect(asked()).toBe(1);
    await store.enforceRetention(NOW);
    expect(await store.page("p")).toBeDefined();
    await flood(1_200, { page: "next" });
    await store.enforceRetention(NOW);
    expect((await store.pages()).map(({ page }) => page)).toEqual(["next"]);
  });

  it("in a frame is asked, too, while its tab is recorded", async () => {
    await store.changeSettings((now) => ({ ...now, maxTotalSize: 1024 * 1024 }));
    world.frames.set("1:0", { page: "top", url: "", origin: "", active: true });
    await append([event(1)], { page: "top" });
    const frame = { page: "frame", top: false };
    await append(
      Array.from({ length: 1_200 }, (_, i) => socket(i + 1)),
      frame,
    );
    await append([{ kind: "recording-ended", reason: "too-large", seq: 1_201, t: NOW }], frame);
    await store.enforceRetention(NOW);
    expect((await store.pages()).map(({ page }) => page)).toEqual(["top"]);
  });
});

describe("appending", () => {
  it("preserves the order of a page's events, however long one append takes", async () => {
    const native = store.page;
    let first = true;
    vi.spyOn(store, "page").mockImplementation(async (page) => {
      if (first) {
        first = false;
        await new Promise((resolve) => setTimeout(resolve, 30));
      }
      return native(page);
    });
    await Promise.all([append(range(1, 5)), append(range(6, 9)), append(range(10, 12))]);
    expect(await stored()).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
  });

  it("answers at once when a panel is blocked", async () => {
    world.panelsHear = () => new Promise(() => undefined);
    expect(await append(range(1, 3))).toMatchObject({ upTo: 3 });
  });

  it("continues after an append that failed", async () => {
    vi.spyOn(store, "append").mockRejectedValueOnce(new Error("stopped"));
    await expect(append(range(1, 3))).rejects.toThrow("stopped");
    expect(await append(range(1, 3))).toMatchObject({ upTo: 3 });
  });

  it("stores events that wait behind an append that fails", async () => {
    vi.spyOn(store, "append").mockRejectedValueOnce(new Error("stopped"));
    const [first, second] = await Promise.allSettled([append(range(1, 3)), append(range(1, 5))]);
    expect(first.status).toBe("rejected");
    expect(second).toMatchObject({ status: "fulfilled", value: { upTo: 5 } });
    expect(await stored()).toEqual([1, 2, 3, 4, 5]);
  });

  it("never lets a page wait for another page", async () => {
    const native = store.page;
    let goOn = (): void => undefined;
    const held = new Promise<void>((resolve) => (goOn = resolve));
    vi.spyOn(store, "page").mockImplementation(async (page) => {
      if (page === "p") await held;
      return native(page);
    });
    const waits = append(range(1, 2));
    expect(await append(range(1, 2), { page: "other" })).toMatchObject({ upTo: 2 });
    goOn();
    expect(await waits).toMatchObject({ upTo: 2 });
  });

  it("shortens and redacts the address", async () => {
    await append(range(1, 1), { url: `https://a.example/?access_token=secret&x=${"y".repeat(1024 * 1024)}` });
    const [page] = await store.pages();
    expect(page?.url.length).toBeLessThan(2_100);
    expect(page?.url).not.toContain("secret");
  });
});

describe("a full disk", () => {
  it("removes old recordings and tries again", async () => {
    await append([event(1, { t: AN_HOUR_AGO })], { page: "old" });
    await append(range(1, 2));
    vi.spyOn(store, "append").mockRejectedValueOnce(quotaExceeded());
    expect(await append(range(3, 4))).not.toHaveProperty("full");
    expect((await store.pages()).map(({ page }) => page)).toEqual(["p"]);
    expect(await stored()).toEqual([1, 2, 3, 4]);
  });

  it("notifies page, panel and badge when that doesn't help, and removes nothing more", async () => {
    for (const [i, page] of ["a", "b", "c"].entries())
      await append([event(1, { t: AN_HOUR_AGO + i, payload: "x".repeat(20_000) })], { page });
    await append(range(1, 2));
    vi.spyOn(store, "makeRoom").mockImplementation(async () => {
      await store.removeRecording("a");
      return ["a"];
    });
    const full = vi.spyOn(store, "append").mockRejectedValue(quotaExceeded());
    expect(await append(range(3, 4))).toMatchObject({ full: true, upTo: 2 });
    expect(await append(range(3, 4))).toMatchObject({ full: true });
    expect(store.makeRoom).toHaveBeenCalledTimes(1);
    expect(world.toPanels.map(({ type }) => type)).toContain("full");
    await vi.waitFor(() => {
      expect(world.badge.get(1)).toBe("!");
    });
    full.mockRestore();
    expect(await append(range(3, 4))).toMatchObject({ upTo: 4 });
    await vi.waitFor(() => {
      expect(world.badge.get(1)).toBe("1");
    });
  });

  it("never removes a pinned recording, nor the one that is written", async () => {
    await append([event(1, { t: AN_HOUR_AGO })], { page: "pinned" });
    await store.setPinned("pinned", true);
    await append(range(1, 2));
    vi.spyOn(store, "append").mockRejectedValue(quotaExceeded());
    expect(await append(range(3, 4))).toMatchObject({ full: true });
    expect(await store.pages()).toHaveLength(2);
  });
});

describe("the panel's lease", () => {
  const open = (tabId: number, hidden = false, panel = `panel of ${tabId}`) =>
    background.handlePanel(store, { to: "background", type: "panel-open", panel, tabId, hidden });
  const leases = (): unknown[] =>
    world.toTabs.flatMap(({ message }) => (message.type === "lease" ? [message["duration"]] : []));

  it("is remembered for two tabs when both panels are opened at the same time", async () => {
    await Promise.all([open(1), open(2)]);
    expect(Object.values(await store.panels()).map(({ tabId }) => tabId)).toEqual([1, 2]);
    const at2 = await background.appendFrom(store, message([]), { tabId: 2, frameId: 0 });
    expect(at2.mode.payloads).toBe(true);
  });

  it("belongs to another tab id as soon as the panel says so", async () => {
    await open(1, false, "window");
    await open(5, false, "window");
    const modes = [1, 5].map((tabId) => background.appendFrom(store, message([]), { tabId, frameId: 0 }));
    expect((await Promise.all(modes)).map(({ mode }) => mode.payloads)).toEqual([false, true]);
  });

  it("that an earlier version stored counts for nothing", async () => {
    await store.settings();
    const database = await openDB("hubscope");
    await database.put("values", { 1: NOW + 10_000 }, "panels");
    database.close();
    expect((await append([])).mode.payloads).toBe(false);
    await open(1);
    expect((await append([])).mode.payloads).toBe(true);
  });

  it("is longer than a minute while the panel is hidden, and a fault that is injected doesn't shorten it", async () => {
    await open(1, true);
    expect(leases()).toEqual([HIDDEN_PANEL_LEASE]);
    await background.handlePanel(store, {
      to: "background",
      type: "inject",
      tabId: 1,
      page: "p",
      command: { name: "offline", target: { scope: "page" }, duration: 1_000 },
    });
    expect(leases().at(-1)).toBeGreaterThan(PANEL_LEASE);
  });

  it("makes every frame ask once for its own mode", async () => {
    await open(1);
    await open(1);
    const told = world.toTabs.filter(({ message }) => message.type === "mode-changed");
    expect(told).toHaveLength(1);
    expect(told[0]?.frame).toBeUndefined();
  });
});

describe("a run of the browser", () => {
  it("keeps its id when the background is started again, and gets a new one when the browser is", async () => {
    await append(range(1, 1));
    const session = () => background.handlePanel(store, { to: "background", type: "session" });
    const first = await session();
    background = await startBackground();
    expect(await session()).toBe(first);
    world.session = {};
    background = await startBackground();
    // A panel asks before anything is recorded: it must not treat the recording of the earlier run as live.
    expect(await session()).not.toBe(first);
    expect((await store.page("p"))?.browserSession).toBe(first);
  });
});
