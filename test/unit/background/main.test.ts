/** Tests who may send which message to the background, and the effects. */
import "fake-indexeddb/auto";
import { IDBFactory } from "fake-indexeddb";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { PANEL_LEASE, type AppendAnswer } from "../../../extension/messages/extension.ts";
import { openStore, type Store } from "../../../extension/store/store.ts";
import { useClock } from "../fakes/clock.ts";
import { START, event, range, read, seqs } from "../fakes/events.ts";
import { resetWorld, world, type Sender } from "../fakes/fake-browser.ts";
import { LinkedExtension } from "../fakes/linked-extension.ts";

vi.mock("webextension-polyfill", () => import("../fakes/fake-browser.ts"));

const MiB = 1024 * 1024;
const frame: Sender = { tab: { id: 1 }, frameId: 0, url: "https://board.example/" };
const append = (fields: object = {}) => ({
  ...{ to: "background", type: "append", page: "p", top: true, url: "https://board.example/" },
  ...{ origin: "https://board.example", connections: 1, events: range(1, 2), ...fields },
});

let extension: LinkedExtension;
let store: Store;
beforeEach(() => {
  useClock(START);
  resetWorld();
  globalThis.indexedDB = new IDBFactory();
  extension = new LinkedExtension();
  store = openStore();
});
afterEach(() => {
  vi.useRealTimers();
});

const types = (): string[] => world.toTabs.map(({ message: { type } }) => type);
const panel = (type: string, fields: object = {}): Promise<unknown> =>
  extension.ask({ to: "background", type, panel: "devtools", tabId: 1, ...fields });
const payloads = async (): Promise<boolean> =>
  ((await extension.tell(append({ events: [] }), frame)) as AppendAnswer).mode.payloads;

describe("the background", () => {
  it.each([
    ["a page of no tab", append(), { url: "https://board.example/" }],
    ["a page without an id", append({ page: undefined }), frame],
    ["an id that is longer than ours are", append({ page: "p".repeat(65) }), frame],
    ["a message to somebody else", { ...append(), to: "panel" }, frame],
    ["a text", "append", frame],
  ])("leaves %s unanswered, and stores nothing", async (_what, message, sender) => {
    expect(await extension.tell(message, sender)).toBeUndefined();
    expect(await store.pages()).toEqual([]);
  });

  it("rejects every command of a content script", async () => {
    const command = { to: "background", type: "end-fault", tabId: 2, page: "p", fault: "all" };
    expect(await extension.tell(command, frame)).toBeUndefined();
    expect(types()).toEqual([]);
    await extension.ask(command);
    expect(types()).toEqual(["end-fault"]);
  });

  it("gets tab and frame of a page from the browser, not from the page", async () => {
    await extension.tell(append({ tabId: 9, frameId: 9 }), { ...frame, tab: { id: 3 }, frameId: 5 });
    expect(await store.page("p")).toMatchObject({ tabId: 3, frameId: 5 });
  });

  it("injects the fault script into the frame that asks, and into no other", async () => {
    const ask = { to: "background", type: "load-tool", tool: "faults" };
    expect(await extension.tell(ask, { ...frame, tab: { id: 3 }, frameId: 5 })).toBe(true);
    expect(await extension.tell(ask, { url: frame.url ?? "" })).toBeUndefined();
    expect(world.done).toEqual(["load faults.js into 3:5"]);
  });

  it("continues after it was stopped, with the same panel lease and browser session", async () => {
    await panel("panel-open", { hidden: false });
    await extension.tell(append(), frame);
    const session = await panel("session");
    extension.stop();
    const answer = (await extension.tell(append({ events: range(2, 4) }), frame)) as AppendAnswer;
    expect(answer).toMatchObject({ upTo: 4, mode: { payloads: true } });
    expect(await panel("session")).toBe(session);
    expect(seqs(await read(store, "p"))).toEqual([1, 2, 3, 4]);
    expect(extension.starts).toBe(2);
  });

  it("stores a frame's events in the recording of its top page, or in a recording of its own if the top page has no relay", async () => {
    world.frames.set("1:0", { page: "p", url: "", origin: "", active: true });
    await extension.tell(append({ page: "f", top: false }), { ...frame, frameId: 4 });
    await extension.tell(append({ page: "g", top: false }), { ...frame, tab: { id: 2 }, frameId: 4 });
    expect(await store.page("f")).toMatchObject({ recording: "p" });
    expect(await store.page("g")).toMatchObject({ recording: "g" });
  });

  it("stores a frame's events although the browser lets nothing run on its top page", async () => {
    world.withheld.add(1);
    const told = extension.tell(append({ page: "f", top: false }), { ...frame, frameId: 4 });
    expect(await extension.answerWithin(5_000, told)).toMatchObject({ upTo: 2 });
    expect(await store.page("f")).toMatchObject({ recording: "f" });
  });

  it.each([
    { type: "load-hook" },
    { type: "load-tool", tool: "faults" },
    { type: "load-tool", tool: "doctor" },
  ])("answers a frame (%o) although the browser keeps its scripts waiting", async (ask) => {
    world.withheld.add(1);
    const told = extension.tell({ to: "background", ...ask }, frame);
    expect(await extension.answerWithin(15_000, told)).toBe(false);
  });

  it("creates no recording if only its end arrives, and acknowledges that end", async () => {
    const ended = event(5, { kind: "recording-ended", reason: "switched-off" });
    expect(await extension.tell(append({ events: [ended] }), frame)).toMatchObject({ upTo: 5 });
    expect(await store.pages()).toEqual([]);
  });

  it("stores only the end of a recording while recording is off", async () => {
    await extension.tell(append(), frame);
    await store.changeSettings((now) => ({ ...now, recording: false }));
    const events = [event(3), event(4, { kind: "recording-ended", reason: "switched-off" })];
    expect(await extension.tell(append({ events }), frame)).toMatchObject({ mode: { record: false } });
    expect(seqs(await read(store, "p"))).toEqual([1, 2, 4]);
  });

  it("applies the size limit to a running page, notifies panels, and stores events that arrive in the meantime", async () => {
    await store.changeSettings((now) => ({ ...now, maxTotalSize: MiB }));
    const old = range(1, 3, { t: START - 3_600_000, payload: "x".repeat(MiB / 2) });
    await extension.tell(append({ page: "old", events: old }), frame);
    await extension.settle();
    extension.stop();
    await Promise.all(
      [1, 6, 11].map((from) => extension.tell(append({ events: range(from, from + 4) }), frame)),
    );
    await vi.waitFor(async () => {
      await extension.settle();
      expect((await store.pages()).map(({ page }) => page)).toEqual(["p"]);
    });
    expect(seqs(await read(store, "p"))).toEqual(seqs(range(1, 15)));
    expect(world.toPanels.map(({ type }) => type)).toContain("recordings-changed");
  });
});

describe("a panel", () => {
  const mode = async () => ((await extension.tell(append({ events: [] }), frame)) as AppendAnswer).mode;

  it("without further messages counts as closed when its lease is over", async () => {
    await panel("panel-open", { hidden: false });
    expect(await mode()).toMatchObject({ payloads: true });
    vi.setSystemTime(START + PANEL_LEASE);
    expect(await mode()).toMatchObject({ payloads: false });
  });

  it("is told whether a page in its tab hears it", async () => {
    expect(await panel("panel-open", { hidden: false })).toBe(true);
    world.crashed.add(1);
    expect(await panel("panel-open", { hidden: false })).toBe(false);
    world.crashed.clear();
    world.relays.set("1:0", () => new Promise(() => undefined));
    // Frozen, or paused in the debugger.
    expect(await extension.answerWithin(5_000, panel("panel-open", { hidden: false }))).toBe(true);
  });

  it("that is closed first ends every fault, then payload recording, only on its own tab", async () => {
    await panel("panel-open", { hidden: false });
    await panel("panel-open", { hidden: false, tabId: 2, panel: "another" });
    world.toTabs.length = 0;
    await panel("panel-closed");
    expect(world.toTabs).toMatchObject([
      { tab: 1, message: { type: "end-fault", fault: "all", why: "panel-closed", page: null } },
      { tab: 1, message: { type: "mode-changed" } },
    ]);
    expect(await mode()).toMatchObject({ payloads: false });
    expect(Object.keys(await store.panels())).toEqual(["another"]);
  });

  it("that is closed leaves faults and payloads to another one on its tab", async () => {
    await panel("panel-open", { hidden: false });
    await panel("panel-open", { hidden: false, panel: "window" });
    world.toTabs.length = 0;
    await panel("panel-closed");
    expect(types()).toEqual([]);
    expect(await payloads()).toBe(true);
    await panel("panel-closed", { panel: "window" });
    expect(types()).toEqual(["end-fault", "mode-changed"]);
    expect(await payloads()).toBe(false);
  });

  it("that is closed isn't opened again by a message that arrives late, but by a later one", async () => {
    await panel("panel-open", { hidden: false });
    await panel("panel-closed");
    await panel("panel-open", { hidden: false });
    expect(await payloads()).toBe(false);
    const later = Date.now() + 4_000;
    vi.spyOn(Date, "now").mockImplementation(() => later);
    await panel("panel-open", { hidden: false });
    expect(await payloads()).toBe(true);
  });

  it("that goes away without a word is closed by the end of its port, once", async () => {
    await panel("panel-open", { hidden: false });
    const port = extension.connect("panel devtools", { url: `${world.base}panel.html` });
    world.toTabs.length = 0;
    port.end();
    await vi.waitFor(() => {
      expect(types()).toEqual(["end-fault", "mode-changed"]);
    });
    await panel("panel-closed");
    expect(types()).toEqual(["end-fault", "mode-changed"]);
  });

  it("isn't closed by the port of a content script, nor by another port", async () => {
    await panel("panel-open", { hidden: false });
    world.toTabs.length = 0;
    extension.connect("panel devtools", frame).end();
    extension.connect("devtools", { url: `${world.base}panel.html` }).end();
    await extension.settle();
    expect(types()).toEqual([]);
  });

  it("that changes settings makes every tab ask for its mode", async () => {
    await panel("settings-changed");
    expect(world.toTabs.map(({ tab, message: { type } }) => [tab, type])).toEqual([
      [1, "mode-changed"],
      [2, "mode-changed"],
    ]);
  });

  it("that changes settings doesn't wait for a tab that is frozen", async () => {
    world.relays.set("1:0", () => new Promise(() => undefined));
    expect(await extension.answerWithin(5_000, panel("settings-changed"))).toBeUndefined();
    expect(world.toTabs.map(({ tab }) => tab)).toEqual([1, 2]);
  });
});

describe("a fault that the browser carries out", () => {
  const inject = (command: object) =>
    panel("inject", { page: "p", command: { target: { scope: "page" }, ...command } });
  const pageSays = (answer: object | undefined): void => {
    world.relays.set("1:0", ({ type }) => (type === "inject" ? Promise.resolve(answer) : undefined));
  };

  it("discards the tab when the page has recorded the fault, and doesn't when the page has rejected it", async () => {
    pageSays({ ok: false, error: "not recorded" });
    expect(await inject({ name: "discard" })).toEqual({ ok: false, error: "not recorded" });
    expect(world.done).toEqual([]);
    pageSays({ ok: true, fault: 1 });
    expect(await inject({ name: "discard" })).toEqual({ ok: true, fault: 1 });
    expect(world.done).toEqual(["discard 1"]);
  });

  it.each([
    [
      "a neighbour",
      [
        { id: 1, active: true, windowId: 7 },
        { id: 2, windowId: 8 },
        { id: 3, windowId: 7 },
      ],
      "update 3 to the front",
    ],
    ["a new tab where there is none", [{ id: 1, active: true, windowId: 7 }], "create in front"],
  ])("brings %s to the front before Firefox discards the tab in front", async (_what, tabs, first) => {
    world.base = "moz-extension://hubscope/";
    world.tabs = tabs;
    pageSays({ ok: true, fault: 1 });
    await inject({ name: "discard" });
    expect(world.done).toEqual([first, "discard 1"]);
  });

  it("navigates the tab to the waiting page in Chromium, and reports in Firefox that it can't", async () => {
    pageSays({ ok: true, fault: 1 });
    await inject({ name: "suspend-in-cache", duration: 5_000 });
    expect(world.done).toEqual([`update 1 to ${world.base}waiting.html?for=5000`]);
    world.base = "moz-extension://hubscope/";
    expect(await inject({ name: "suspend-in-cache", duration: 5_000 })).toMatchObject({ ok: false });
    expect(world.done).toHaveLength(1);
  });

  it("is rejected if it isn't a valid fault, or if the page is gone", async () => {
    expect(await inject({ name: "nonsense" })).toMatchObject({ ok: false });
    expect(types()).toEqual([]);
    pageSays(undefined);
    expect(await inject({ name: "discard" })).toMatchObject({
      ok: false,
      error: expect.stringContaining("no longer exists") as string,
    });
    expect(world.done).toEqual([]);
  });
});
